import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What the figures depend on, in one line. */
export function machine(): string {
  return `${cpus().length} cores, Node ${process.versions.node}, ${process.platform}-${process.arch}`;
}

/** Builds the command line as it is published, where something changed since the last time. */
export function buildCli(): void {
  execFileSync('npx', ['nx', 'run', 'cozecut:build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Arguments of Node that run the built command line the way an installed one starts. */
export function cozecut(...args: string[]): string[] {
  return ['--preserve-symlinks-main', join(root, 'node_modules/cozecut/bin/run.js'), ...args];
}

/** Arguments of Node that run the peer. */
export function capcutCli(...args: string[]): string[] {
  const peer = dirname(createRequire(import.meta.url).resolve('capcut-cli/package.json'));
  return [join(peer, 'dist/index.js'), ...args];
}

/** Times of the parts of a compilation by the built library, in a process that has compiled once before. */
export function compileParts(timelineFile: string): { checkAndCompileMs: number; stringifyMs: number } {
  const script = join(import.meta.dirname, 'compile-parts.js');
  return JSON.parse(execFileSync(process.execPath, [script, timelineFile], { encoding: 'utf8' }));
}
