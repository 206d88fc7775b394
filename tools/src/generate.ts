/**
 * Writes every generated file of the repository; with `--check` it writes nothing and fails when one differs.
 *
 * Usage: `node --conditions=@cozecut/source tools/src/generate.ts [--check]`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles, staleFiles } from './generate/files.ts';

const root = join(import.meta.dirname, '../..');
const files = generatedFiles(root);
const stale = staleFiles(root, files);

if (process.argv.includes('--check')) {
  for (const { path, summary } of stale) console.error(`${path}: ${summary}`);
  if (stale.length > 0) {
    console.error('Run: node --conditions=@cozecut/source tools/src/generate.ts');
    process.exitCode = 1;
  }
} else {
  for (const { path } of stale) {
    const text = files.find((file) => file.path === path)!.text;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(path);
  }
}
