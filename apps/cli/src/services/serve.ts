import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createUrlSigner } from '@cozecut/auth';
import type { Plugin, Tool } from '@cozecut/manifest';
import { createGuardedFetch } from '@cozecut/media';
import { UserError } from '@cozecut/problems';
import { listen, type RunningServer, type ServerOptions } from '@cozecut/server';
import { createLog, turnByTurn } from '../log.ts';
import { type SettingKind, wantedOf } from '../setting-table.ts';
import { type Environment, listOf, setting } from '../settings.ts';
import { authRequired, callersOf } from './callers.ts';
import type { CozePlace } from './coze/ways.ts';
import { editorHere } from './editor.ts';
import { packageFolder } from './installed.ts';
import { interruptible } from './interrupt.ts';
import { keepHouse } from './keep-house.ts';
import { type ManifestChoice, readManifest } from './manifest.ts';
import { isHere, isOnlyHere, isYes } from './only-here.ts';
import { createRuntime, personalRoots } from './runtime.ts';
import { signingKey } from './signing-key.ts';
import { storePlaces } from './store-places.ts';
import { logWarnings, watchStrays } from './strays.ts';
import { openTunnel } from './tunnel.ts';

/** What `serve` was asked for. */
export interface ServeRequest extends ManifestChoice {
  env: Environment;
  folder: string;
  version: string;
  quiet: boolean;
  /** Program that leads a public address to the server; see `openTunnel`. */
  tunnel?: string | undefined;
}

/** A server and what there is to be said about it. */
export interface Serving extends RunningServer {
  plugin: Plugin;
  /** Those that it serves. */
  tools: readonly Tool[];
  /** Aborted, with an error, when it has to be closed and the program has to end. */
  broken: AbortSignal;
  /** Public address of the tunnel. */
  publicUrl?: string;
}

/** Starts the server of a plugin, and a tunnel to it when one is wanted. */
export async function serve(request: ServeRequest): Promise<Serving> {
  const { env, folder } = request;
  const plugin = readManifest(request, env, folder);
  const { deployment } = plugin;
  const { host, port } = deployment.server;
  // Through a tunnel, or a proxy on this machine, everybody reaches an address of this machine.
  const isLoopback = isOnlyHere(plugin, env) && request.tunnel === undefined;
  const isAuthOn = authIsOn(env, { isLoopback, listensHere: isHere(host) && request.tunnel === undefined });
  const write = turnByTurn((lines) => process.stderr.write(lines));
  const log = createLog(request.quiet ? 'error' : 'info', write);
  if (!isAuthOn && !isLoopback)
    log.warn('ENABLE_AUTH is off: whoever gets past the proxy in front may do everything');
  const isPersonal = isLoopback && deployment.modes.some((mode) => mode === 'local' || mode === 'manual');
  const key = signingKey(env, storePlaces({ plugin, env, folder }).location);
  const fileUrls = key === undefined ? undefined : createUrlSigner(key, Date.now);
  // Whoever may call without a token may also download an archive without a signature.
  const urls = isAuthOn ? fileUrls : undefined;
  const runtime = await createRuntime({
    opensStore: true,
    plugin,
    env,
    folder,
    log,
    urls,
    localRoots: isPersonal ? personalRoots(folder, env) : [],
  });
  const strays = watchStrays(log, runtime.host);
  const warnAsUsual = logWarnings(log);
  const webFolder = builtWebPage();
  const editor = isPersonal ? editorHere(env, folder) : undefined;
  try {
    const callers = isAuthOn ? await callersOf(plugin, env, runtime.store, log) : {};
    await runtime.host.preload();
    const { localServiceOf } = await import('./local-service.ts');
    let isClosing = false;
    const server = await listen(
      {
        host: runtime.host,
        store: runtime.store,
        archives: runtime.archives,
        catalog: runtime.catalog,
        isLoopback,
        log,
        version: request.version,
        fetch: runtime.fetch,
        fetchOwn,
        ...serverSettings(env),
        ...(await sessionsOf(plugin, env)),
        local: await localServiceOf({ plugin, env, folder, runtime, isLoopback }),
        ...(urls === undefined ? {} : { urls }),
        ...(fileUrls === undefined ? {} : { fileUrls }),
        ...callers,
        ...(editor === undefined ? {} : { editor }),
        ...(webFolder === undefined ? {} : { webFolder }),
      },
      { host, port },
    );
    // A server that starts does not wait for it.
    const house = keepHouse({ deployment, store: runtime.store, files: runtime.files, env, log });
    const close = async () => {
      isClosing = true;
      await house.close();
      await server.close();
      await runtime.close();
      strays.leave();
      warnAsUsual();
    };
    const { broken } = strays;
    const serving = { url: server.url, plugin, tools: runtime.host.toolsFor('cloud'), broken, close };
    if (request.tunnel === undefined) return serving;
    const program = request.tunnel;
    // Whoever ends the program while it waits does not leave the tunnel behind.
    const tunnel = await interruptible((signal) =>
      openTunnel({ program, port: Number(new URL(server.url).port), env, signal }),
    ).catch(async (error) => {
      await house.close();
      await server.close();
      throw error;
    });
    // The documents of the server, and the addresses it gives out, are those of the tunnel from here on.
    deployment.server.publicUrl = tunnel.url;
    void tunnel.ended.then(() => {
      if (!isClosing)
        log.error('the tunnel has ended; nobody outside reaches the server', { url: tunnel.url });
    });
    return {
      ...serving,
      publicUrl: tunnel.url,
      close: async () => {
        isClosing = true;
        await tunnel.close();
        await close();
      },
    };
  } catch (error) {
    await runtime.close();
    strays.leave();
    warnAsUsual();
    throw error;
  }
}

/** Opens addresses of the server's own host, wherever that is, and no others. */
function fetchOwn({ host, protocol }: URL): typeof fetch {
  const named = /:\d+$/.test(host) ? host : `${host}:${protocol === 'https:' ? 443 : 80}`;
  return createGuardedFetch({
    allow: [named],
    denyPrivate: true,
    maxBytes: OWN_LIMITS.bytes,
    totalTimeoutMs: OWN_LIMITS.ms,
  });
}

const OWN_LIMITS = { bytes: 16 * 1024 * 1024, ms: 10_000 };

/**
 * On this machine a token is optional; for anybody else it is not, unless a proxy on this machine was said to ask who
 * calls.
 */
function authIsOn(
  env: Environment,
  { isLoopback, listensHere }: { isLoopback: boolean; listensHere: boolean },
): boolean {
  const wanted = setting(env, 'ENABLE_AUTH');
  const isOn = wanted === undefined ? !isLoopback : isYes(wanted);
  if (isOn || listensHere) return isOn;
  throw authRequired('ENABLE_AUTH switches it off', 'leave ENABLE_AUTH out, or listen on 127.0.0.1 only');
}

/** The session service is there when there is a way to call Coze. */
async function sessionsOf(plugin: Plugin, env: Environment): Promise<Partial<ServerOptions>> {
  const place: CozePlace = plugin.bots[0] ?? { region: 'cn' };
  const { addressOf, waysOf } = await import('./coze/ways.ts');
  if (!waysOf(plugin, addressOf(place, env), env).some(({ isReady }) => isReady)) return {};
  const mode = setting(env, 'APP_MODE') ?? 'remote';
  if (mode !== 'remote' && mode !== 'local') {
    throw new UserError('SETTING_INVALID', `APP_MODE must be remote or local (got ${JSON.stringify(mode)})`);
  }
  const { cozeClient } = await import('./coze.ts');
  const botId = setting(env, 'COZE_BOT_ID');
  return {
    sessions: {
      client: cozeClient(plugin, place, env),
      runsTools: mode === 'local',
      ...(botId === undefined ? {} : { botId }),
    },
  };
}

function serverSettings(env: Environment): Partial<ServerOptions> {
  const perMinute = wholeNumber(env, 'COZECUT_RATE_PER_MINUTE');
  const burst = wholeNumber(env, 'COZECUT_RATE_BURST') ?? perMinute;
  const drainSeconds = wholeNumber(env, 'COZECUT_DRAIN_SECONDS');
  const origins = checked(env, 'COZECUT_CORS_ORIGINS', 'origins');
  const webhookSecret = setting(env, 'COZECUT_WEBHOOK_SECRET');
  return {
    isBehindProxy: isYes(setting(env, 'COZECUT_TRUST_PROXY') ?? 'no'),
    ...(perMinute === undefined ? {} : { rate: { perMinute, burst: burst! } }),
    ...(drainSeconds === undefined ? {} : { drainMs: drainSeconds * 1_000 }),
    ...(origins === undefined ? {} : { corsOrigins: listOf(origins) }),
    ...(webhookSecret === undefined ? {} : { webhookSecret }),
  };
}

function wholeNumber(env: Environment, name: string): number | undefined {
  const text = checked(env, name, 'count');
  return text === undefined ? undefined : Number(text);
}

/** A setting that fits its kind. */
function checked(env: Environment, name: string, kind: SettingKind): string | undefined {
  const text = setting(env, name);
  const wanted = text === undefined ? undefined : wantedOf(kind, text);
  if (wanted === undefined) return text;
  throw new UserError('SETTING_INVALID', `${name} must be ${wanted} (got ${JSON.stringify(text)})`);
}

function builtWebPage(): string | undefined {
  const folder = join(packageFolder('web'), 'dist');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}
