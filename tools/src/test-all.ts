/**
 * `npm test`: everything that has to be true before a change lands. Type check, lint and build run through Nx, which
 * remembers what has not changed; then all tests run in one vitest process. The last line is the total.
 */
import { spawnSync } from 'node:child_process';
import { missingComponents } from './components.ts';

for (const line of missingComponents()) console.log(line);

run('nx', ['run-many', '-t', 'typecheck', 'lint', 'build']);
run('vitest', ['run', '--reporter=default', '--reporter=./tools/src/total-reporter.ts']);

function run(command: string, args: string[]): void {
  const { status, error } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
