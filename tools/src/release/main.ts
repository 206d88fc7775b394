/**
 * Publishes every package whose version the registry does not have yet, in the order in which they need each other,
 * with provenance. `--dry-run` says what would be published. What is published was built before.
 *
 * Usage: `npm run release [-- --dry-run]`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedPackages } from './packages.ts';
import { stagePackages } from './stage.ts';

const root = join(import.meta.dirname, '../../..');
const isDry = process.argv.includes('--dry-run');
const packages = publishedPackages(root);
const unready = packages.filter(({ manifest }) => manifest.repository === undefined).map(({ name }) => name);
if (unready.length > 0 && !isDry) {
  // The registry compares it with where the release is made.
  console.error(`provenance needs "repository" in package.json: missing in ${unready.join(', ')}`);
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'cozecut-release-'));
try {
  const staged = stagePackages(root, packages, folder);
  for (const [index, { name, manifest }] of packages.entries()) {
    const known = npm(['view', `${name}@${manifest.version}`, 'version'], true);
    if (known.status === 0 && known.stdout.trim() !== '') {
      console.log(`${name} ${manifest.version} is there already`);
      continue;
    }
    const flags = isDry ? ['--dry-run'] : ['--provenance'];
    const { status } = npm(['publish', staged[index]!, '--access', 'public', ...flags], false);
    if (status !== 0) throw new Error(`${name} was not published; run it again when the reason is gone`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function npm(args: string[], isQuiet: boolean) {
  return spawnSync('npm', args, {
    encoding: 'utf8',
    stdio: isQuiet ? 'pipe' : ['ignore', 'inherit', 'inherit'],
  });
}
