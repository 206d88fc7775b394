import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerProcessOptions } from '../server-process.ts';

/** A server that runs as a process of its own. */
export interface ServerProcess {
  url: string;
  /** Resolves with the exit code, nothing when a signal ended it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/** Longer than any lease: what the dead held is free at once for a process that is so far ahead. */
export const AHEAD_MS = 60_000;

const children: ChildProcess[] = [];

/** How the process is started. */
interface Start {
  /** Absolute path of a module that is loaded first. */
  preload?: string;
  env?: Record<string, string>;
  /** Largest file that it may write, in KiB. */
  maxFileKib?: number;
}

/** Starts a server. Whoever does has {@link endProcesses} run in the end: a process that is left keeps the tests open. */
export async function startProcess(
  options: Pick<ServerProcessOptions, 'folder'> & Partial<ServerProcessOptions>,
  { preload, env = {}, maxFileKib }: Start = {},
): Promise<ServerProcess> {
  const script = join(import.meta.dirname, '../server-process.ts');
  const location = join(options.folder, 'store');
  const all = { location, blobs: join(location, 'blobs'), aheadMs: 0, callBudgetMs: 30_000, ...options };
  const first = preload === undefined ? [] : ['--import', preload];
  const command = [process.execPath, '--conditions=@cozecut/source', ...first, script, JSON.stringify(all)];
  // A shell counts in blocks of 512 bytes.
  const limited =
    maxFileKib === undefined ? [] : ['sh', '-c', `ulimit -f ${maxFileKib * 2} && exec "$@"`, 'sh'];
  const [program, ...args] = [...limited, ...command];
  const child = spawn(program!, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  children.push(child);
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

/** Kills what was started and not ended, by this file or another one: files have their modules in common. */
export function endProcesses(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}
