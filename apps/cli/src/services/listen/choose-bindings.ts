import { type BotBinding, isUnresolved, type Plugin, type WorkflowBinding } from '@cozecut/manifest';
import { closest, UserError } from '@cozecut/problems';
import { type Environment, setting } from '../../settings.ts';

/**
 * The bots that are meant; the only one of the manifest when none is named.
 *
 * @throws UserError BOT_UNKNOWN, BOT_ID_MISSING
 */
export function chooseBots({ bots, file }: Plugin, names: readonly string[], env: Environment): BotBinding[] {
  if (names.length > 0) {
    const chosen = [...new Set(names)].map((name) =>
      withId(find(bots, name, 'bot', file), env, names.length),
    );
    return chosen;
  }
  const [only, second] = bots;
  if (only === undefined) throw noBinding(file, 'bot');
  if (second === undefined) return [withId(only, env, 1)];
  throw new UserError('BOT_UNKNOWN', 'there are several bots; name one with --bot', {
    hint: `the bots are ${bots.map(({ name }) => name).join(', ')}`,
  });
}

/** The workflow that is meant. @throws UserError WORKFLOW_UNKNOWN, WORKFLOW_ID_MISSING */
export function chooseWorkflow({ workflows, file }: Plugin, name: string): WorkflowBinding {
  const workflow = find(workflows, name, 'workflow', file);
  if (!isUnresolved(workflow.workflowId)) return workflow;
  throw new UserError(
    'WORKFLOW_ID_MISSING',
    `the workflow ${name} has no id: ${workflow.workflowId} is not set`,
    {
      hint: 'set the variable to the id of a published workflow',
    },
  );
}

function find<T extends { name: string }>(
  bindings: readonly T[],
  name: string,
  kind: 'bot' | 'workflow',
  file: string,
): T {
  const found = bindings.find((binding) => binding.name === name);
  if (found !== undefined) return found;
  const names = bindings.map((binding) => binding.name);
  if (names.length === 0) throw noBinding(file, kind);
  const code = kind === 'bot' ? 'BOT_UNKNOWN' : 'WORKFLOW_UNKNOWN';
  const [suggestion] = closest(name, names);
  throw new UserError(code, `there is no ${kind} ${JSON.stringify(name)}`, {
    hint: suggestion === undefined ? `the ${kind}s are ${names.join(', ')}` : `did you mean "${suggestion}"?`,
  });
}

/** The manifest has nothing to talk with; the hint is what could be written into it. */
function noBinding(file: string, kind: 'bot' | 'workflow'): UserError {
  return kind === 'bot'
    ? new UserError('BOT_UNKNOWN', `${file} has no bindings.bots`, {
        hint: 'write one: bindings: { bots: [{ name: editor, region: cn, botId: ID, tools: [TOOL] }] }',
      })
    : new UserError('WORKFLOW_UNKNOWN', `${file} has no bindings.workflows`, {
        hint: 'write one: bindings: { workflows: [{ name: news, region: cn, workflowId: ID }] }',
      });
}

/** The variable wins over the manifest, so that a shared manifest works with everybody's own bot. */
function withId(bot: BotBinding, env: Environment, count: number): BotBinding {
  // Several bots cannot all have the id of the variable.
  const botId = (count === 1 ? setting(env, 'COZE_BOT_ID') : undefined) ?? bot.botId;
  if (!isUnresolved(botId)) return { ...bot, botId };
  throw new UserError('BOT_ID_MISSING', `the bot ${bot.name} has no id`, {
    hint: 'set COZE_BOT_ID to the id of a bot that is published to the API',
  });
}
