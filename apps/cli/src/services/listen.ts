import { createInterface } from 'node:readline';
import { type BotBinding, isUnresolved, type Plugin } from '@cozecut/manifest';
import { closest, UserError } from '@cozecut/problems';
import { type BotEvent, type BotRunResult, runBot } from '@cozecut/runner';
import { createLog } from '../log.ts';
import { type Environment, setting } from '../settings.ts';
import { cozeClient } from './coze.ts';
import { interruptible } from './interrupt.ts';
import { type ManifestChoice, readManifest } from './manifest.ts';
import { createRuntime, personalRoots } from './runtime.ts';

/** What `listen` was asked for. */
export interface ListenRequest extends ManifestChoice {
  bot?: string | undefined;
  say?: string | undefined;
  once: boolean;
  env: Environment;
  folder: string;
  onReady(bot: string): void;
  onEvent(event: BotEvent): void;
}

/** Talks with a bot until the person has nothing more to say. */
export async function listen(request: ListenRequest): Promise<BotRunResult> {
  const { env, folder } = request;
  const plugin = readManifest(request, env, folder);
  const bot = withId(chooseBot(plugin, request.bot), env);
  const client = cozeClient(plugin, bot, env);
  const runtime = await createRuntime({
    opensStore: true,
    plugin,
    env,
    folder,
    log: createLog('error', (line) => process.stderr.write(line)),
    localRoots: personalRoots(folder, env),
  });
  try {
    await runtime.host.preload();
    request.onReady(bot.name);
    const names = new Set(bot.tools);
    return await interruptible((signal) =>
      runBot({
        client,
        bot,
        host: {
          tools: runtime.host.toolsFor('local').filter((tool) => names.has(tool.name)),
          call: (name, input, options) => runtime.host.call(name, input, options),
        },
        say: request.say ?? linesOf(process.stdin),
        once: request.once || request.say !== undefined,
        userId: setting(env, 'COZE_USER_ID') ?? 'cozecut',
        signal,
        onEvent: request.onEvent,
      }),
    );
  } finally {
    await runtime.close();
  }
}

function chooseBot({ bots, file }: Plugin, name: string | undefined): BotBinding {
  const names = bots.map((bot) => bot.name);
  const found =
    name === undefined ? (bots.length === 1 ? bots[0] : undefined) : bots.find((bot) => bot.name === name);
  if (found !== undefined) return found;
  if (bots.length === 0) throw new UserError('BOT_UNKNOWN', `${file} has no bindings.bots`);
  const [suggestion] = closest(name ?? '', names);
  throw new UserError(
    'BOT_UNKNOWN',
    name === undefined
      ? 'there are several bots; name one with --bot'
      : `there is no bot ${JSON.stringify(name)}`,
    { hint: suggestion === undefined ? `the bots are ${names.join(', ')}` : `did you mean "${suggestion}"?` },
  );
}

/** The variable wins over the manifest, so that a shared manifest works with everybody's own bot. */
function withId(bot: BotBinding, env: Environment): BotBinding {
  const botId = setting(env, 'COZE_BOT_ID') ?? bot.botId;
  if (!isUnresolved(botId)) return { ...bot, botId };
  throw new UserError('BOT_ID_MISSING', `the bot ${bot.name} has no id`, {
    hint: 'set COZE_BOT_ID to the id of a bot that is published to the API',
  });
}

/** Lines that a person or a pipe gives; blank ones are nothing to say. */
async function* linesOf(input: NodeJS.ReadStream): AsyncGenerator<string> {
  const reader = createInterface({ input, ...(input.isTTY ? { output: process.stderr, prompt: '> ' } : {}) });
  if (input.isTTY) reader.prompt();
  for await (const line of reader) {
    if (line.trim() !== '') yield line;
    if (input.isTTY) reader.prompt();
  }
}
