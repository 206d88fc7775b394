import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkProject, importsOf, LIBRARY_EDGES } from '../src/check-workspace.ts';

function project(name: string, tag: string, files: Record<string, string>, dependencies: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-workspace-'));
  const pack = {
    name,
    scripts: {
      typecheck: 'tsc -p tsconfig.json',
      lint: 'biome ci . && node ../../tools/src/check-workspace.ts .',
    },
    dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, '0.1.0'])),
    nx: { tags: [tag] },
  };
  for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(pack), ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test('a library that imports as the architecture says has no finding', () => {
  const source = "import { loadManifest } from '@cozecut/manifest';\nimport { x } from './x.ts';\n";
  const folder = project('@cozecut/plugin-host', 'type:lib', { 'src/index.ts': source }, [
    '@cozecut/manifest',
  ]);
  expect(checkProject(folder)).toEqual([]);
});

test.each([
  [
    'a library that imports a sibling',
    '@cozecut/media',
    'type:lib',
    "import '@cozecut/draft-core';",
    '@cozecut/draft-core',
  ],
  [
    'a library that imports an app',
    '@cozecut/manifest',
    'type:lib',
    "export * from '@cozecut/server';",
    '@cozecut/server',
  ],
  [
    'a plugin that imports the store',
    '@cozecut/plugin-x',
    'type:plugin',
    "await import('@cozecut/store');",
    '@cozecut/store',
  ],
  [
    'an app that imports another app',
    '@cozecut/server',
    'type:app',
    "import { a } from '@cozecut/runner';",
    '@cozecut/runner',
  ],
])('%s is a finding', (_name, name, tag, source, imported) => {
  const folder = project(name, tag, { 'src/index.ts': source }, [imported]);
  const findings = checkProject(folder);
  expect(findings).toHaveLength(2);
  expect(findings.join('\n')).toContain(`src/index.ts imports ${imported}`);
});

test('an import that is not declared, and one that leaves the project, are findings', () => {
  const source = "import '@cozecut/manifest';\nimport '../../manifest/src/index.ts';\n";
  const folder = project('@cozecut/server', 'type:app', { 'src/index.ts': source });
  expect(checkProject(folder)).toEqual([
    expect.stringContaining('which its package.json does not declare'),
    expect.stringContaining('outside the project'),
  ]);
});

test('imports in comments do not count', () => {
  expect(importsOf("// import 'a';\n/* import 'b'; */\nimport c from 'c';\n")).toEqual(['c']);
});

test('the table of libraries has no cycle', () => {
  const visit = (name: string, path: string[]): void => {
    expect(path).not.toContain(name);
    for (const next of LIBRARY_EDGES[name] ?? []) visit(next, [...path, name]);
  };
  for (const name of Object.keys(LIBRARY_EDGES)) visit(name, []);
});
