import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFailed, onTestFinished } from 'vitest';
import { cleanEnvironment } from './support.ts';

const CLI = join(import.meta.dirname, '../bin/run.js');

/** Whether there is a program that gives another one a terminal: `script` of util-linux. */
export const hasTerminal = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false;

/** How a run at a terminal ended, and everything that was on the screen. */
export interface TerminalRun {
  code: number | null;
  screen: string;
}

/**
 * Runs `cozecut` at a terminal of its own.
 *
 * @param typed - Each text is typed when what is before it was shown, and that after the one before was typed.
 */
export async function inTerminal(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
  typed: readonly (readonly [shown: string | RegExp, text: string])[],
): Promise<TerminalRun> {
  const words = [process.execPath, CLI, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  // A person sits at it, wherever the tests run: there is no CI.
  const { CI: _, ...environment } = cleanEnvironment({ TERM: 'xterm', ...env });
  const child = spawn('script', ['-qec', words.join(' '), '/dev/null'], {
    cwd,
    env: environment,
    stdio: 'pipe',
  });
  const waiting = [...typed];
  let screen = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen += chunk;
    const [next] = waiting;
    if (next === undefined || !isShown(next[0], screen.slice(seen))) return;
    seen = screen.length;
    child.stdin.write(next[1]);
    waiting.shift();
  });
  onTestFailed(() => console.error(screen));
  onTestFinished(() => void child.kill());
  const [code] = await once(child, 'close');
  return { code, screen };
}

function isShown(text: string | RegExp, screen: string): boolean {
  return typeof text === 'string' ? screen.includes(text) : text.test(screen);
}
