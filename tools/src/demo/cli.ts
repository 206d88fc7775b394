import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CLI = join(import.meta.dirname, '../../../apps/cli/bin/run.js');

/** A running `cozecut`. */
export interface RunningCli {
  /** The first line of stdout, as JSON. @throws Error with stderr when the program ends before. */
  firstLine(): Promise<unknown>;
  /** All lines of stdout, as JSON, when the program has ended. @throws Error with stderr when it failed. */
  lines(): Promise<unknown[]>;
  /** Asks the program to end and waits for it. */
  stop(): Promise<void>;
}

/** Starts `cozecut` as a process of its own, as a user would. */
export function startCli(args: string[], env: Record<string, string>): RunningCli {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const received: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => received.push(line));
  const ended = once(child, 'close') as Promise<[number | null]>;
  const failure = (code: number | null) => new Error(`cozecut ${args[0]} ended with ${code}\n${stderr}`);
  return {
    firstLine: async () => {
      const early = ended.then(([code]) => {
        if (received.length === 0) throw failure(code);
      });
      if (received.length === 0) await Promise.race([once(reader, 'line'), early]);
      return JSON.parse(received[0]!);
    },
    lines: async () => {
      const [code] = await ended;
      if (code !== 0) throw failure(code);
      return received.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs `cozecut … --json` to its end and answers with its object. */
export async function runCli(args: string[], env: Record<string, string>): Promise<unknown> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`cozecut ${args.join(' ')} ended with ${code}\n${stdout}`);
  return JSON.parse(stdout);
}
