import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { UserError } from '@cozecut/problems';

/** A way from a public address to a port of this machine. */
export interface Tunnel {
  /** Public address, without a slash at its end. */
  url: string;
  /** Resolves when the program has ended, by itself or because it was closed. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Words of a tunnel program that is known, and how it tells its address. */
interface KnownProgram {
  args(port: number): string[];
  address: RegExp;
  install: string;
}

const KNOWN: Readonly<Record<string, KnownProgram>> = {
  cloudflared: {
    args: (port) => ['tunnel', '--no-autoupdate', '--url', `http://127.0.0.1:${port}`],
    // It names pages of its own, too.
    address: /https:\/\/[a-z0-9-]+\.trycloudflare\.com/,
    install:
      'https://developers.cloudflare.com/cloudflare-one/networks/connectors/cloudflare-tunnel/downloads/',
  },
  ngrok: {
    args: (port) => ['http', String(port), '--log=stdout', '--log-format=json'],
    address: /(?<="url":")https:\/\/[^"]+/,
    install: 'https://ngrok.com/download',
  },
};

const TIMEOUT_MS = 60_000;
/** A program that is told to end has so long. */
const STOP_MS = 3_000;
/** Lines of the program that a failure tells. */
const TOLD_LINES = 5;

/**
 * Starts an installed tunnel program and waits for its public address.
 *
 * @param options.program - `cloudflared`, `ngrok`, or a command line of one's own, in which `{port}` stands for the port;
 *   the first address that it prints is the public one.
 * @throws UserError TUNNEL_NOT_FOUND when there is no such program.
 * @throws UserError TUNNEL_FAILED when it ends, or tells no address in time.
 * @throws UserError CANCELLED when the signal is aborted first.
 */
export async function openTunnel(options: {
  program: string;
  port: number;
  env: NodeJS.ProcessEnv;
  timeoutMs?: number;
  signal?: AbortSignal;
}): Promise<Tunnel> {
  const { program, port, env, timeoutMs = TIMEOUT_MS, signal } = options;
  const known = Object.hasOwn(KNOWN, program) ? KNOWN[program] : undefined;
  const child =
    known === undefined
      ? spawn(program.replaceAll('{port}', String(port)), [], { ...inOwnGroup(env), shell: true })
      : spawn(program, known.args(port), inOwnGroup(env));
  const address = known?.address ?? /https?:\/\/[^\s"'<>|]+/;
  const ended = once(child, 'close').then(
    () => undefined,
    () => undefined,
  );
  const said: string[] = [];
  const found = Promise.withResolvers<string>();
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      said.splice(0, said.length - TOLD_LINES);
      const url = addressIn(line, address);
      if (url !== undefined) found.resolve(url);
    });
  }
  child.once('error', (cause: NodeJS.ErrnoException) => found.reject(notStarted(program, known, cause)));
  ended.then(() => found.reject(failed(program, 'ended before it told an address', said)));
  const cancel = () => found.reject(new UserError('CANCELLED', `${program} was not waited for any longer`));
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(
    () => found.reject(failed(program, `told no address within ${timeoutMs / 1000} s`, said)),
    timeoutMs,
  );
  const close = async () => {
    stop(child, 'SIGTERM');
    const timer = setTimeout(() => stop(child, 'SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  };
  try {
    return { url: (await found.promise).replace(/\/+$/, ''), ended, close };
  } catch (error) {
    if (child.pid !== undefined) await close();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** The first thing in a line that is an address, without its colours and the end of the sentence. */
function addressIn(line: string, pattern: RegExp): string | undefined {
  const [found] = pattern.exec(stripVTControlCharacters(line)) ?? [];
  const url = found?.replace(/[.,;:!?)}]+$/, '');
  return url !== undefined && URL.canParse(url) ? url : undefined;
}

/** A command line may start programs of its own, which have to end with it. */
function inOwnGroup(env: NodeJS.ProcessEnv): SpawnOptions {
  return { env, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' };
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid!, signal);
  } catch {
    // It has ended already.
  }
}

function notStarted(
  program: string,
  known: KnownProgram | undefined,
  cause: NodeJS.ErrnoException,
): UserError {
  return new UserError('TUNNEL_NOT_FOUND', `${program} could not be started: ${cause.message}`, {
    cause,
    hint: known === undefined ? 'check the command' : `install it: ${known.install}`,
  });
}

function failed(program: string, what: string, said: readonly string[]): UserError {
  return new UserError('TUNNEL_FAILED', [`${program} ${what}`, ...said].join('\n  '));
}
