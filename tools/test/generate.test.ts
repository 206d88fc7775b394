import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diskFiles, exportOpenapi, loadManifest, openapiToYaml } from '@cozecut/manifest';
import { lintOpenapi, lintPluginPackage } from '@cozecut/manifest/lint';
import { afterAll, expect, test } from 'vitest';
import { cliTree } from '../src/generate/cli-reference.ts';
import { generatedFiles, staleFiles } from '../src/generate/files.ts';

const root = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'cozecut-generate-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const tree = cliTree();

test('every generated file of the repository is what the sources make', () => {
  // Run `npm run generate -w tools` and commit what it writes.
  expect(staleFiles(root, generatedFiles(root, tree))).toEqual([]);
});

test('the committed documents have nothing that Coze would refuse', () => {
  const files = generatedFiles(root, tree);
  const folders = files.flatMap(({ path }) => /^(.*)\/coze\/ai_plugin\.json$/.exec(path)?.[1] ?? []);
  expect(folders).not.toEqual([]);
  const named = (path: string) => ({ file: path, text: files.find((file) => file.path === path)!.text });
  for (const file of globSync('plugins/*/plugin.yaml', { cwd: root })) {
    const { document } = exportOpenapi(
      loadManifest(join(root, file), diskFiles),
      { profile: 'local' },
      diskFiles,
    );
    const found = lintOpenapi(openapiToYaml(document), { file, profile: 'local' });
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
  for (const folder of folders) {
    const pair = {
      manifest: named(`${folder}/coze/ai_plugin.json`),
      openapi: named(`${folder}/coze/openapi.yaml`),
    };
    const found = [...lintPluginPackage(pair, 'cloud'), ...lintPluginPackage(pair, 'studio')];
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
});

test('a change of a manifest makes the documents and types of its plugin stale', () => {
  for (const name of ['plugins/jianying', 'docs/reference', 'libs/coze-emulator/scenarios', '.env.example']) {
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules') && !path.includes('/dist'),
    });
  }
  expect(staleFiles(copy, generatedFiles(copy, tree))).toEqual([]);
  const schema = join(copy, 'plugins/jianying/schemas/add-captions.input.yaml');
  writeFileSync(schema, readFileSync(schema, 'utf8').replace('enum: [left,', 'enum: [start,'));
  const stale = staleFiles(copy, generatedFiles(copy, tree));
  expect(stale.map(({ path }) => path)).toEqual([
    'docs/reference/jianying-tools.md',
    'plugins/jianying/coze/openapi.yaml',
    'plugins/jianying/src/tools.gen.ts',
  ]);
  for (const { summary } of stale) expect(summary).toMatch(/^line \d+:\n- .*left.*\n\+ .*start/s);
  rmSync(join(copy, 'docs/reference/manifest.md'));
  expect(staleFiles(copy, generatedFiles(copy, tree))).toContainEqual({
    path: 'docs/reference/manifest.md',
    summary: 'the file is not there',
  });
});

test('a plugin without sources of its own gets documents and no types', () => {
  const folder = join(copy, 'plugins/tiny');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: tiny, version: 1.0.0 }
tools:
  - name: ping
    summary: Ping
    handler: { http: { url: "https://example.com/ping" } }
    input: { type: object }
    output: { type: object }
`,
  );
  const near = join(copy, 'plugins/near');
  mkdirSync(near, { recursive: true });
  const text = readFileSync(join(folder, 'plugin.yaml'), 'utf8').replace('name: tiny', 'name: near');
  writeFileSync(
    join(near, 'plugin.yaml'),
    text.replace('summary: Ping', 'summary: Ping\n    modes: [local]'),
  );
  const paths = generatedFiles(copy, tree).map(({ path }) => path);
  expect(paths.filter((path) => dirname(path).startsWith('plugins/tiny'))).toEqual([
    'plugins/tiny/coze/ai_plugin.json',
    'plugins/tiny/coze/openapi.yaml',
  ]);
  // What runs on the device alone is exported as a local plugin.
  expect(paths.filter((path) => dirname(path).startsWith('plugins/near'))).toEqual([
    'plugins/near/coze/plugin.json',
    'plugins/near/coze/openapi.yaml',
  ]);
});
