/**
 * Publishes every package whose version the registry does not have yet, in the order in which they need each other;
 * in the workflow with provenance. `--dry-run` says what would be published. What is published was built before.
 *
 * Usage: `npm run release [-- --dry-run]`, in the root of the repository.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedPackages } from './packages.ts';
import { publishPackages } from './publish.ts';
import { stagePackages } from './stage.ts';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'cozecut-release-'));
try {
  publishPackages(publishedPackages(root), {
    root,
    isDry: process.argv.includes('--dry-run'),
    env: process.env,
    remote: run('git', ['remote', 'get-url', 'origin'], true).stdout || undefined,
    stage: (packages) => stagePackages(root, packages, folder),
    npm: (args, { isQuiet }) => run('npm', args, isQuiet),
    say: (line) => console.log(line),
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
} finally {
  rmSync(folder, { recursive: true });
}

function run(program: string, args: string[], isQuiet: boolean) {
  const { status, stdout } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: isQuiet ? 'pipe' : ['ignore', 'inherit', 'inherit'],
  });
  return { status, stdout: stdout ?? '' };
}
