import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
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

/** Starts a server; it is killed after the tests of the file when nobody ended it. */
export async function startProcess(
  options: Pick<ServerProcessOptions, 'folder'> & Partial<ServerProcessOptions>,
): Promise<ServerProcess> {
  const script = join(import.meta.dirname, '../server-process.ts');
  const location = join(options.folder, 'store');
  const all = { location, blobs: join(location, 'blobs'), aheadMs: 0, callBudgetMs: 30_000, ...options };
  const child = spawn(process.execPath, ['--conditions=@cozecut/source', script, JSON.stringify(all)], {
    stdio: ['ignore', 'pipe', 'inherit'],
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

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});
