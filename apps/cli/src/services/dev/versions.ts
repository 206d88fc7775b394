import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { UserError } from '@cozecut/problems';

/** A version of the plugin that serves. */
interface Version {
  worker: Worker;
  url: string;
}

/**
 * Serves a plugin by processes that share one socket: a new version takes over once it is ready, and one that does
 * not come up leaves the former one where it is.
 */
export interface Versions {
  /**
   * Starts a version from what the files are now and resolves with its address. Calls wait for each other.
   *
   * @param env - Its environment.
   * @throws what the version ended with when it did not come up.
   */
  start(env: Readonly<Record<string, string | undefined>>): Promise<string>;
  close(): Promise<void>;
}

/**
 * @param options.program - Path of the program.
 * @param options.args - Its arguments; it prints one line of JSON with its `url` once it serves.
 * @param options.onLog - Gets what a version writes to stderr while it serves, line by line.
 */
export function createVersions(options: {
  program: string;
  args: readonly string[];
  onLog(line: string): void;
  /** A version that served has ended by itself. */
  onLost(): void;
}): Versions {
  cluster.setupPrimary({ exec: options.program, args: [...options.args], silent: true });
  let current: Version | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function start(env: Readonly<Record<string, string | undefined>>): Promise<string> {
    const worker = cluster.fork(env);
    const { stdout, stderr } = worker.process;
    const ended = once(worker.process, 'close');
    const lines = createInterface({ input: stderr! }).on('line', options.onLog);
    const printed: string[] = [];
    const output = createInterface({ input: stdout! }).on('line', (line) => printed.push(line));
    const [first] = (await Promise.race([once(output, 'line'), ended])) as unknown[];
    // One object on one line: it serves. Anything else is an error, which is whole when the process has ended.
    const url =
      typeof first === 'string' && first !== '{' ? (JSON.parse(first) as { url: string }).url : undefined;
    if (url === undefined) {
      await ended;
      throw failureOf(printed.join('\n'));
    }
    const former = current;
    current = { worker, url };
    worker.process.once('close', () => {
      lines.close();
      if (current?.worker !== worker) return;
      current = undefined;
      options.onLost();
    });
    if (former !== undefined) await stop(former.worker);
    return url;
  }

  return {
    start(env) {
      const begin = () => start(env);
      const started = last.then(begin, begin);
      last = started;
      return started;
    },
    async close() {
      await last.catch(() => undefined);
      const { worker } = current ?? {};
      current = undefined;
      if (worker !== undefined) await stop(worker);
    },
  };
}

async function stop(worker: Worker): Promise<void> {
  const ended = once(worker.process, 'close');
  worker.process.kill('SIGTERM');
  await ended;
}

/** The error that a program with `--json` ends with. */
function failureOf(printed: string): Error {
  try {
    const { code, message, hint } = (
      JSON.parse(printed) as { error: { code: string; message: string; hint?: string } }
    ).error;
    return new UserError(code, message, hint === undefined ? {} : { hint });
  } catch (cause) {
    return new Error('the server did not start', { cause });
  }
}
