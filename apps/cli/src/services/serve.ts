import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createAuthenticator, createSharedTokenCheck } from '@cozecut/auth';
import type { Plugin, Tool } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import { listen, type RunningServer } from '@cozecut/server';
import { createLog } from '../log.ts';
import { type Environment, setting } from '../settings.ts';
import { type ManifestChoice, readManifest } from './manifest.ts';
import { createRuntime, personalRoots } from './runtime.ts';
import { secretsOf } from './secrets.ts';

/** What `serve` was asked for. */
export interface ServeRequest extends ManifestChoice {
  port?: number | undefined;
  host?: string | undefined;
  env: Environment;
  folder: string;
  version: string;
  quiet: boolean;
}

/** Starts the server of a plugin. */
export async function serve(request: ServeRequest): Promise<RunningServer & { tools: readonly Tool[] }> {
  const { env, folder } = request;
  // Before the manifest, which may refer to it: here the mistake can be named.
  const chosenPort = request.port ?? portSetting(env);
  const plugin = readManifest(request, env, folder);
  const { deployment } = plugin;
  const host = request.host ?? deployment.server.host;
  const port = chosenPort ?? deployment.server.port;
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(host);
  const authorise = bearerCheck(plugin, env, isLoopback);
  const log = createLog(request.quiet ? 'error' : 'info', (line) => process.stderr.write(line));
  const isPersonal = isLoopback && deployment.modes.some((mode) => mode === 'local' || mode === 'manual');
  const runtime = await createRuntime({
    opensStore: true,
    plugin,
    env,
    folder,
    log,
    localRoots: isPersonal ? personalRoots(folder, env) : [],
  });
  const webFolder = builtWebPage();
  try {
    await runtime.host.preload();
    const server = await listen(
      {
        host: runtime.host,
        store: runtime.store,
        archiveFile: runtime.archiveFile,
        isLoopback,
        log,
        version: request.version,
        ...(authorise === undefined ? {} : { authorise }),
        ...(webFolder === undefined ? {} : { webFolder }),
      },
      { host, port },
    );
    return {
      url: server.url,
      tools: runtime.host.toolsFor('cloud'),
      close: async () => {
        await server.close();
        await runtime.close();
      },
    };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

/** On this machine a token is optional; for anybody else it is not. */
function bearerCheck(plugin: Plugin, env: Environment, isLoopback: boolean) {
  const wanted = setting(env, 'ENABLE_AUTH');
  const isOn = wanted === undefined ? !isLoopback : /^(?:1|true|yes|on)$/i.test(wanted);
  if (!isOn && isLoopback) return undefined;
  if (!isOn) {
    throw authRequired('ENABLE_AUTH switches it off', 'leave ENABLE_AUTH out, or listen on 127.0.0.1 only');
  }
  if (plugin.serverAuth.length === 0) {
    throw authRequired(
      `${plugin.file} has no auth.server`,
      'add auth.server: [{ id: service, type: bearer, secret: "secret:PLUGIN_TOKEN" }] and set PLUGIN_TOKEN',
    );
  }
  const secret = secretsOf(plugin, env);
  return createAuthenticator([
    createSharedTokenCheck(
      plugin.serverAuth.map(({ id, scopes, secret: reference }) => ({
        id,
        owner: id,
        scopes,
        token: secret(reference),
      })),
    ),
  ]);
}

function authRequired(why: string, hint: string): UserError {
  return new UserError('AUTH_REQUIRED', `a server that others can reach needs a token, but ${why}`, { hint });
}

function portSetting(env: Environment): number | undefined {
  const text = setting(env, 'PORT');
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError(
    'PORT_INVALID',
    `PORT must be a whole number from 0 to 65535 (got ${JSON.stringify(text)})`,
  );
}

function builtWebPage(): string | undefined {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve('@cozecut/web/package.json')), 'dist');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}
