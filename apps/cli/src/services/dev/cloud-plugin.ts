import { callTool, type RegisteredPlugin, registerPlugin } from '@cozecut/coze-emulator';
import {
  aiPlugin,
  diskFiles,
  exportOpenapi,
  openapiToJson,
  type Plugin,
  pluginAuth,
} from '@cozecut/manifest';
import { lintAiPlugin, lintOpenapi } from '@cozecut/manifest/lint';
import { isUserError } from '@cozecut/problems';
import type { Environment } from '../../settings.ts';
import { secretsOf } from '../secrets.ts';

/** The token in the file is meant: the file stays in this process. */
const TOKEN_IN_FILE = 'CZ409';

/** Registers a plugin at the emulator as Coze would. @throws PluginRefusal with the words of Coze. */
export function registerAtEmulator(plugin: Plugin, env: Environment): RegisteredPlugin {
  const { document } = exportOpenapi(plugin, { profile: 'coze' }, diskFiles);
  // JSON is YAML, and needs no reader of its own.
  const { auth } = pluginAuth(plugin, { resolveSecret: (reference) => secretOf(reference, plugin, env) });
  const files = {
    openapi: openapiToJson(document),
    aiPlugin: openapiToJson(aiPlugin(plugin, 'coze', auth)),
  };
  return registerPlugin(files, {
    lint: (text, file) =>
      (file === 'openapi' ? lintOpenapi : lintAiPlugin)(text, { file, profile: 'cloud' }).filter(
        ({ code }) => code !== TOKEN_IN_FILE,
      ),
    parse: (text) => JSON.parse(text),
  });
}

/** Calls a tool of a registered plugin on a server, and gives what the bot gets. */
export async function callAsCoze(
  plugin: RegisteredPlugin,
  tool: string,
  input: object,
  serverUrl: string,
): Promise<unknown> {
  const { output } = await callTool(plugin, tool, { ...input }, { serverUrl });
  return output;
}

/** A token that the server of a plugin takes, where one is set: the bot of the emulator is the first bearer. */
export function serverToken(plugin: Plugin, env: Environment): string | undefined {
  const caller = plugin.serverAuth.find(({ type }) => type === 'bearer');
  return caller?.type === 'bearer' ? secretOf(caller.secret, plugin, env) : undefined;
}

function secretOf(reference: string, plugin: Plugin, env: Environment): string | undefined {
  try {
    return secretsOf(plugin, env)(reference);
  } catch (error) {
    if (!isUserError(error)) throw error;
    return undefined;
  }
}
