import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
  checkManifest,
  diskFiles,
  type ManifestCache,
  type ManifestFiles,
  parseAhead,
} from '../src/index.ts';
import { readKept, writeKept } from '../src/source/kept.ts';
import { parseSource } from '../src/source/parse.ts';
import { sourceFile } from '../src/source/source-file.ts';

const manifests = [
  join(import.meta.dirname, 'fixtures/full/plugin.yaml'),
  join(import.meta.dirname, '../../../plugins/jianying/plugin.yaml'),
];
const lenient = { lenient: true } as const;

/** The disk with some files changed. */
const changed = (change: (text: string, path: string) => string): ManifestFiles => ({
  ...diskFiles,
  readFile: (path) => change(diskFiles.readFile(path), path),
});

/** What the build hands to the program. */
function ahead(file: string, files: ManifestFiles): ManifestCache {
  const text = parseAhead(file, files);
  return { get: () => text };
}

test('of one that was parsed ahead only what is needed is read, and nothing else is different', () => {
  const file = manifests[1]!;
  const cache = ahead(file, diskFiles);
  const read: string[] = [];
  const files = changed((text, path) => {
    read.push(path);
    return text;
  });
  const whole = checkManifest(file, { ...lenient, ...diskFiles }).plugin!;
  const names = checkManifest(file, { ...lenient, ...files, cache, schemas: false }).plugin!;
  const empty = { type: 'object' };
  expect(names.tools).toEqual(whole.tools.map((tool) => ({ ...tool, input: empty, output: empty })));
  expect(read.filter((path) => path.includes('/schemas/'))).toEqual([]);
  read.length = 0;
  const none = checkManifest(file, { ...lenient, ...files, cache, tools: [] }).plugin!;
  expect({ tools: none.tools, deployment: none.deployment }).toEqual({
    tools: [],
    deployment: whole.deployment,
  });
  expect(read).toEqual([file]);
  // What was not checked before is read whole.
  expect(checkManifest(file, { ...lenient, ...diskFiles, schemas: false }).plugin!.tools).toEqual(
    whole.tools,
  );
});

test.each(manifests)('a manifest that was parsed ahead is the same: %s', (file) => {
  const cache = ahead(file, diskFiles);
  const expected = checkManifest(file, { ...lenient, ...diskFiles });
  expect(expected.plugin).toBeDefined();
  expect(checkManifest(file, { ...lenient, ...diskFiles, cache })).toEqual(expected);
  // Places are part of it, wherever the files lie.
  const moved = (path: string) => path.replace('/elsewhere', dirname(file));
  const elsewhere: ManifestFiles = {
    readFile: (path) => diskFiles.readFile(moved(path)),
    exists: (path) => diskFiles.exists(moved(path)),
    list: (folder) => diskFiles.list!(moved(folder)),
  };
  const there = checkManifest('/elsewhere/plugin.yaml', { ...lenient, ...elsewhere });
  expect(checkManifest('/elsewhere/plugin.yaml', { ...lenient, ...elsewhere, cache })).toEqual(there);
});

test('a file that changed since is parsed as ever', () => {
  const file = manifests[1]!;
  const cache = ahead(file, diskFiles);
  const changes: ((text: string, path: string) => string)[] = [
    (text, path) => (path.includes('schemas/') ? text.replace('type: object', 'type: objekt') : text),
    (text) => text.replace('concurrency: 8', 'concurrency: 9'),
    (text) => text.replace('type: object', 'type: [object'),
    (text) => `# a line more\n${text}`,
    (text) => text.replaceAll('\n', '\r\n'),
  ];
  for (const change of changes) {
    const files = changed(change);
    const expected = checkManifest(file, { ...lenient, ...files });
    expect(checkManifest(file, { ...lenient, ...files, cache })).toEqual(expected);
  }
});

test('what is not sure to be what was checked is checked again', () => {
  const text = [
    'apiVersion: cozecut/v1',
    'kind: Plugin',
    'metadata: { name: waits, version: 1.0.0 }',
    'tools:',
    '  - name: wait',
    '    summary: Wait',
    '    handler: { http: { method: POST, url: "https://example.com/wait" } }',
    '    timeout: "${env:WAIT:-5s}"',
    '    input: { type: object, properties: { name: { type: string, default: ADDED } } }',
    '    output: { type: object }',
  ].join('\n');
  const read = (written: string, env: Record<string, string>) => {
    const files: ManifestFiles = { readFile: () => written, exists: () => true };
    const cache = ahead('/plugin.yaml', files);
    const read = checkManifest('/plugin.yaml', { ...files, env, cache });
    expect(read).toEqual(checkManifest('/plugin.yaml', { ...files, env }));
    return read;
  };
  expect(read(text, {}).problems).toEqual([]);
  expect(read(text, { WAIT: '7s' }).plugin?.tools[0]?.timeoutMs).toBe(7000);
  expect(read(text, { WAIT: 'long' }).plugin).toBeUndefined();
  // Warnings are told at every load.
  const old = text.replace(
    'output: { type: object }',
    'output: { type: object, properties: { success: { type: string } } }',
  );
  expect(read(old, {}).problems).not.toEqual([]);
});

test('of a manifest only the tools that are asked for are read', () => {
  const file = manifests[1]!;
  const all = checkManifest(file, { ...lenient, ...diskFiles }).plugin!;
  const [, second] = all.tools;
  const { plugin, problems } = checkManifest(file, { ...lenient, ...diskFiles, tools: [second!.name] });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(plugin?.tools).toEqual([second]);
  expect(plugin?.deployment).toEqual(all.deployment);
  expect(checkManifest(file, { ...lenient, ...diskFiles, tools: ['none'] }).plugin?.tools).toEqual([]);
  // A mistake in it is found; one in another tool is not its concern.
  const broken = changed((text) => text.replaceAll('timeout: 5m', 'timeout: 5x'));
  const last = all.tools.at(-1)!.name;
  expect(checkManifest(file, { ...lenient, ...broken, tools: [second!.name] }).plugin).toBeUndefined();
  const schemas = changed((text, path) => (path.includes(second!.name.replaceAll('_', '-')) ? '[' : text));
  expect(checkManifest(file, { ...lenient, ...schemas }).plugin).toBeUndefined();
  expect(checkManifest(file, { ...lenient, ...schemas, tools: [last] }).plugin?.tools).toHaveLength(1);
});

test('any tree comes back with its places', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
      const file = sourceFile('/a.yaml', stringify(value));
      const { root } = parseSource(file);
      fc.pre(root !== undefined);
      const kept = readKept(writeKept([{ file, root: root! }], { checked: 'nothing', seen: [] }));
      expect(kept.tree(file)).toEqual(root);
    }),
    { examples: [[{ zero: -0 }]] },
  );
});

test('what another version wrote is not read', () => {
  const file = sourceFile('/a.yaml', 'a: 1');
  const written = writeKept([{ file, root: parseSource(file).root! }], { checked: 'nothing', seen: [] });
  expect(readKept(written).tree(file)).toBeDefined();
  expect(readKept(written.replace(/"version":\d+/, '"version":0')).tree(file)).toBeUndefined();
});
