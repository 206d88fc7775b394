import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { diskFiles, UPGRADE_STEPS, upgradeManifest } from '../src/index.ts';

const CURRENT = `# A plugin
apiVersion: cozecut/v1
kind: Plugin
include: [./tools/*.yaml]
metadata:
  name: word-tools   # stays
  version: "1.0.0"
  title: Words
deployments:
  local:
    modes: [cloud, manual]
    server: { host: 127.0.0.1, publicUrl: https://a.example.com }
`;
const TOOL = `apiVersion: cozecut/v1
kind: Tool
name: count_words
summary: "Count"
runsOn: server
maxInputBytes: 1000
handler: ../src/count.ts#count
input: { type: object, properties: { text: { type: string, description: Text } } }
output: { type: object, properties: { words: { type: integer, description: Words } } }
`;

const folder = mkdtempSync(join(tmpdir(), 'cozecut-upgrade-'));
afterAll(() => rmSync(folder, { recursive: true }));
const FILE = join(folder, 'plugin.yaml');
const TOOL_FILE = join(folder, 'tools/count.yaml');
for (const inner of ['tools', 'src']) mkdirSync(join(folder, inner));
writeFileSync(join(folder, 'src/count.ts'), 'export const count = () => ({});');

function upgradeOf(manifest: string, tool = TOOL) {
  writeFileSync(FILE, manifest);
  writeFileSync(TOOL_FILE, tool);
  return upgradeManifest(FILE, diskFiles);
}

test('a manifest of the current format stays as it is', () => {
  expect(upgradeOf(CURRENT)).toEqual({ files: [], rewritten: [], problems: [] });
});

test('keys and words are rewritten where they stand, in every file; nothing else changes', () => {
  const manifest = CURRENT.replace('apiVersion:', "'api_version':")
    .replace('cozecut/v1', 'cozecut/v1beta1')
    .replace('kind: Plugin', 'kind: "plugin"')
    .replace('publicUrl', 'Public-Url')
    .replace('[cloud,', '[Cloud,');
  const tool = TOOL.replace('summary', 'sumary')
    .replace('runsOn: server', 'runs_on: Server')
    .replace('maxInputBytes', 'max_input_bytes');
  const { files, rewritten, problems } = upgradeOf(manifest, tool);
  expect(problems).toEqual([]);
  expect(files.map(({ after }) => after).sort()).toEqual(
    [CURRENT.replace('apiVersion:', "'apiVersion':").replace('kind: Plugin', 'kind: "Plugin"'), TOOL].sort(),
  );
  expect(rewritten).toContainEqual({
    step: 'key-typo',
    file: TOOL_FILE,
    line: 4,
    from: 'sumary',
    to: 'summary',
  });
  expect(new Set(rewritten.map(({ step }) => step))).toEqual(new Set(UPGRADE_STEPS.map(({ id }) => id)));
});

describe('what is not certain stays for a person', () => {
  test.each([
    ['another format', CURRENT.replace('cozecut/v1', 'cozecut/v2')],
    ['a key that is there already', CURRENT.replace('  title: Words', '  title: Words\n  Title: Again')],
    ['a key like nothing known', CURRENT.replace('  title: Words', '  colour: red')],
    ['a value that is only close', CURRENT.replace('[cloud, manual]', '[clout, manual]')],
  ])('%s', (_, manifest) => {
    const { files, rewritten, problems } = upgradeOf(manifest);
    expect({ files, rewritten }).toEqual({ files: [], rewritten: [] });
    expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

test('whatever style the keys of a manifest are in, it comes back, and a second time changes nothing', () => {
  const keys = ['apiVersion', 'kind', 'metadata', 'deployments', 'publicUrl'] as const;
  const styles = [
    (key: string) => key.toUpperCase(),
    (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    (key: string) => key,
  ];
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), (chosen) => {
      const manifest = keys.reduce(
        (text, key, index) => text.replace(`${key}:`, `${styles[chosen[index]!]!(key)}:`),
        CURRENT,
      );
      const { files } = upgradeOf(manifest);
      const after = files[0]?.after ?? manifest;
      expect(after).toBe(CURRENT);
      expect(upgradeOf(after).rewritten).toEqual([]);
    }),
  );
});
