import { type Emulator, loadScenario, type RegisteredPlugin, startEmulator } from '@cozecut/coze-emulator';
import { type CozeAuth, isUnresolved, type Plugin, type Tool } from '@cozecut/manifest';
import { type Environment, setting } from '../../settings.ts';
import { type BotToolEvent, createDevBot } from './bot.ts';
import { callAsCoze, registerAtEmulator } from './cloud-plugin.ts';

/** The bot of a plugin that names none. */
const BOT_ID = '7400000000000000001';

/** Coze as `dev` plays it on this machine. */
export interface LocalCoze {
  url: string;
  token: string;
  botId: string;
  /** What a server of a plugin has to be started with, so that its Coze is this one. */
  envFor(plugin: Plugin, env: Environment): Environment;
  /**
   * Takes over the version that serves now.
   *
   * @returns Why Coze would not take its documents.
   */
  use(plugin: Plugin, serverUrl: string, env: Environment): Error | undefined;
  close(): Promise<void>;
}

/** What `dev` says about Coze. */
export interface LocalCozeOptions {
  /** File of a scenario that the bots play, in place of the bot that calls tools. */
  scenario?: string | undefined;
  env: Environment;
  /** First line of what the bot says when no tool was named. */
  help: string;
  onEvent(event: BotToolEvent): void;
}

/** Starts the emulator with a bot that calls the tools of whatever version serves. */
export async function startLocalCoze({ scenario, env, help, onEvent }: LocalCozeOptions): Promise<LocalCoze> {
  let serving: { plugin: Plugin; url: string; registered: RegisteredPlugin | Error } | undefined;
  const bot = createDevBot({
    plugin: () => serving?.plugin,
    async callCloud(tool, input) {
      if (serving === undefined) throw new Error('nothing is served yet');
      if (serving.registered instanceof Error) throw serving.registered;
      return callAsCoze(serving.registered, tool, input, serving.url);
    },
    help,
    now: Date.now,
    onEvent,
  });
  const emulator: Emulator = await startEmulator(
    // The time of day is that of the machine: `doctor` compares the two.
    { clock: 'real', ...(scenario === undefined ? { bot } : { scenario: loadScenario(scenario) }) },
  );
  const { url, token } = emulator;
  const botId = setting(env, 'COZE_BOT_ID') ?? BOT_ID;
  const common = { APP_MODE: 'local', COZE_BASE_URL: url, COZE_API_TOKEN: token, COZE_BOT_ID: botId };
  return {
    url,
    token,
    botId,
    envFor: (plugin, env) => ({
      ...env,
      ...common,
      ...Object.fromEntries(tokenVariables(plugin).map((name) => [name, token])),
    }),
    use(plugin, serverUrl, env) {
      if (scenario !== undefined) emulator.setScenario(loadScenario(scenario));
      serving = { plugin, url: serverUrl, registered: attempt(() => registerAtEmulator(plugin, env)) };
      // A plugin for this machine only has nothing that Coze would import.
      const isForCloud = ({ enabled, modes }: Tool) => enabled && modes.includes('cloud');
      return plugin.tools.some(isForCloud) && serving.registered instanceof Error
        ? serving.registered
        : undefined;
    },
    close: () => emulator.close(),
  };
}

/** The variables that a manifest takes personal tokens of Coze from. */
function tokenVariables(plugin: Plugin): string[] {
  const names: string[] = [];
  for (let auth: CozeAuth | undefined = plugin.cozeAuth; auth !== undefined; auth = auth.fallback) {
    if (auth.type === 'pat' && !isUnresolved(auth.secret)) names.push(auth.secret.replace(/^secret:/, ''));
  }
  return names;
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error as Error;
  }
}
