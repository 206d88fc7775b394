import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyFixes, lintAiPlugin, lintOpenapi, PROFILES, type Profile } from '../../src/lint/index.ts';

const root = join(import.meta.dirname, 'cases');
const cases = readdirSync(root).flatMap((name) =>
  readdirSync(join(root, name))
    .filter((file) => file !== 'expected.txt')
    .map((file) => [`${name}/${file}`] as const),
);

/** Fixes that touch the same place wait for the next round. */
const MAX_ROUNDS = 4;

function lint(path: string, text: string, profile: Profile) {
  return (path.endsWith('.json') ? lintAiPlugin : lintOpenapi)(text, { file: path, profile });
}

describe('fixes', () => {
  test.each(cases)('of %s leave nothing to fix and break nothing', (path) => {
    const original = readFileSync(join(root, path), 'utf8');
    for (const profile of PROFILES) {
      let text = original;
      const before = lint(path, text, profile);
      let found = before;
      for (let round = 0; round < MAX_ROUNDS && found.some(({ fix }) => fix !== undefined); round++) {
        const { text: fixed, applied, remaining } = applyFixes(text, found);
        expect(applied.length).toBeGreaterThan(0);
        expect(applied.length + remaining.length).toBe(found.length);
        text = fixed;
        found = lint(path, text, profile);
      }
      expect(found.filter(({ fix }) => fix !== undefined)).toEqual([]);
      const errors = (problems: typeof found) =>
        new Set(problems.filter((p) => p.severity === 'error').map((p) => p.code));
      const known = errors(before);
      expect([...errors(found)].filter((code) => !known.has(code))).toEqual([]);
      expect(found.length).toBeLessThanOrEqual(before.length);
    }
  });

  test('are made where the file says it, also behind a byte order mark and in JSON', () => {
    const json = '\uFEFF{"openapi": "3.0.1", "info": {"title": "Notes", "description": "x"}, "paths": {}}';
    const { text } = applyFixes(json, lintOpenapi(json, { file: 'a.json', profile: 'studio' }));
    expect(text).toBe(
      '\uFEFF{"openapi": "3.0.1", "info": {"version": "v1", "title": "Notes", "description": "x"}, "paths": {}}',
    );
  });

  test('that overlap are made one after the other', () => {
    const edit = (start: number, end: number, text: string) => ({
      code: 'A',
      severity: 'error' as const,
      message: text,
      fix: { title: text, edits: [{ file: 'a', start, end, text }] },
    });
    const problems = [
      edit(0, 3, 'one'),
      edit(2, 5, 'two'),
      edit(5, 5, '!'),
      { ...edit(0, 3, 'one'), message: 'again' },
    ];
    const { text, applied, remaining } = applyFixes('abcdef', problems);
    expect(text).toBe('onede!f');
    expect(applied.map(({ message }) => message)).toEqual(['one', '!', 'again']);
    expect(remaining.map(({ message }) => message)).toEqual(['two']);
  });

  test('are not offered where an alias shares the value', () => {
    const text = [
      'openapi: "3.0.1"',
      'info: { title: Notes, description: x, version: v1 }',
      'paths: {}',
      'components:',
      '  schemas:',
      '    A: &a { type: string, title: A }',
      '    B: *a',
    ].join('\n');
    const problems = lintOpenapi(text, { file: 'a.yaml', profile: 'cloud' });
    expect(problems.some(({ code }) => code === 'CZ310')).toBe(true);
    expect(problems.every(({ fix }) => fix === undefined)).toBe(true);
  });
});
