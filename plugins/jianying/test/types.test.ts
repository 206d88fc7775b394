import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles, emitToolTypes, loadManifest } from '@cozecut/manifest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const plugin = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'cozecut-types-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

beforeAll(() => {
  for (const name of ['src', 'schemas', 'tools', 'plugin.yaml', 'plugin.zh-CN.json', 'package.json']) {
    cpSync(join(plugin, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const config = { extends: join(root, 'tsconfig.base.json'), include: ['src'] };
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(config));
});

/** Compiles the copy with types made from its manifest; gives what the compiler says. */
function compile(): string {
  const types = emitToolTypes(loadManifest(join(copy, 'plugin.yaml'), diskFiles));
  writeFileSync(join(copy, 'src/tools.gen.ts'), types);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', copy], { cwd: copy, encoding: 'utf8' }).stdout;
}

function change(file: string, from: string, to: string): () => void {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replaceAll(from, to));
  return () => writeFileSync(path, before);
}

describe('the compiler', () => {
  test('accepts the handlers as they are', () => {
    expect(compile()).toBe('');
  });

  test('refuses the handlers whose input or output has changed, and no other', () => {
    const undo = [
      change('schemas/add-captions.input.yaml', '  bold:', '  strong:'),
      change(
        'schemas/save-draft.input.yaml',
        '  output_folder:\n    type: string\n    minLength: 1\n',
        '  output_folder:\n    type: integer\n',
      ),
      change('schemas/added.output.yaml', 'track_id', 'track'),
      change('plugin.yaml', 'width: { type: integer,', 'width: { type: [integer, "null"],'),
    ];
    const files = compile().match(/^src\/[\w/-]+\.ts/gm) ?? [];
    expect([...new Set(files)].sort()).toEqual([
      'src/add-track.ts',
      'src/handlers/add-stickers.ts',
      'src/handlers/add-text-template.ts',
      'src/handlers/create-draft.ts',
      'src/save-place.ts',
      'src/text-input.ts',
    ]);
    for (const one of undo) one();
  });
});
