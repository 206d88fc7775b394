import { isUnresolved, type Plugin, type Region } from '@cozecut/manifest';
import { closest, UserError } from '@cozecut/problems';
import { type Environment, setting } from '../../settings.ts';
import type { CozePlace } from './ways.ts';

/** A bot or a workflow that is meant, and where it is. */
export interface CozeTarget extends CozePlace {
  /** Name of the binding; the id where there is none. */
  name: string;
  id: string;
}

/** The region that is asked for, with the address of a binding in it; else that of the first binding, else `cn`. */
export function placeOf(plugin: Plugin, region: Region | undefined): CozePlace {
  const bindings: CozePlace[] = [...plugin.bots, ...plugin.workflows];
  if (region === undefined) return bindings[0] ?? { region: 'cn' };
  return bindings.find((binding) => binding.region === region) ?? { region };
}

/** The id of a bot. The variable stands above the only bot: several cannot all have its id. */
export function botIdOf({ bots }: Plugin, { botId }: { botId: string }, env: Environment): string {
  return (bots.length === 1 ? setting(env, 'COZE_BOT_ID') : undefined) ?? botId;
}

/** The bot of a name or id. @throws UserError BOT_UNKNOWN, BOT_ID_MISSING */
export function botNamed(
  plugin: Plugin,
  word: string,
  region: Region | undefined,
  env: Environment,
): CozeTarget {
  const own = setting(env, 'COZE_BOT_ID');
  const bots = plugin.bots.map(({ botId, ...bot }) => ({
    ...bot,
    id: bot.name === word && own !== undefined ? own : botIdOf(plugin, { botId }, env),
  }));
  return targetNamed('bot', bots, word, placeOf(plugin, region));
}

/** The workflow of a name or id. @throws UserError WORKFLOW_UNKNOWN, WORKFLOW_ID_MISSING */
export function workflowNamed(plugin: Plugin, word: string, region: Region | undefined): CozeTarget {
  const workflows = plugin.workflows.map(({ workflowId, ...workflow }) => ({ ...workflow, id: workflowId }));
  return targetNamed('workflow', workflows, word, placeOf(plugin, region));
}

function targetNamed(
  what: 'bot' | 'workflow',
  known: readonly CozeTarget[],
  word: string,
  place: CozePlace,
): CozeTarget {
  const found = known.find(({ name, id }) => name === word || id === word);
  const code = what.toUpperCase();
  if (found !== undefined) {
    if (!isUnresolved(found.id)) return found;
    throw new UserError(`${code}_ID_MISSING`, `the ${what} ${found.name} has no id`, {
      hint: `set the variable that bindings.${what}s names to the id of a ${what} that is published to the API`,
    });
  }
  if (/^\d+$/.test(word)) return { ...place, name: word, id: word };
  const names = known.map(({ name }) => name);
  const [suggestion] = closest(word, names);
  const others =
    names.length === 0
      ? `bindings.${what}s of the manifest is empty; an id will do, too`
      : `the ${what}s are ${names.join(', ')}; an id will do, too`;
  throw new UserError(`${code}_UNKNOWN`, `there is no ${what} ${JSON.stringify(word)}`, {
    hint: suggestion === undefined ? others : `did you mean "${suggestion}"?`,
  });
}
