import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support.ts';
import { ROOT, sourcesWithExamples } from './pages.ts';
import { readPage } from './read-page.ts';

test('the programs of all pages and docstrings fit the types of the libraries', { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const pages = globSync(['docs/guides/*.md', '{apps,libs,plugins}/*/README.md'], { cwd: ROOT });
  for (const page of [...pages, ...sourcesWithExamples()]) {
    for (const { language, text, file, line, skips } of readPage(join(ROOT, page))) {
      // Types that are made from a manifest are tried where a new plugin is.
      if (language !== 'ts' || skips.length > 0 || text.includes('tools.gen.ts')) continue;
      const path = join(folder, page.replace(/\.ts$/, ''), file ?? `line-${line}.ts`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${text}\nexport {};\n`);
    }
  }
  const flags = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024',
    '--types',
    'node',
  ];
  const sources = ['--customConditions', '@cozecut/source', '--allowImportingTsExtensions', '--skipLibCheck'];
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const files = globSync('**/*.ts', { cwd: folder, exclude: ['node_modules'] });
  expect(files.length).toBeGreaterThan(10);
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...flags, ...sources, ...files], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
