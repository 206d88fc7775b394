import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openapiToYaml } from '../../src/index.ts';
import {
  applyFixes,
  lintAiPlugin,
  lintOpenapi,
  PROFILES,
  predictConvert,
  predictImport,
  predictManifest,
} from '../../src/lint/index.ts';

const root = join(import.meta.dirname, 'cases');
const documents = readdirSync(root)
  .filter((name) => name.includes('-ok-') && readdirSync(join(root, name)).includes('openapi.yaml'))
  .map(
    (name) => parse(readFileSync(join(root, name, 'openapi.yaml'), 'utf8').replace('\uFEFF', '')) as object,
  );
const manifest = JSON.parse(readFileSync(join(root, 'CZ406-ok-payload', 'ai_plugin.json'), 'utf8')) as object;

const values = fc.constantFrom<unknown>(
  null,
  '',
  'x',
  'string',
  'object',
  0,
  -1,
  1.5,
  true,
  false,
  [],
  {},
  ['a', null],
  { type: 'string' },
  { $ref: '#/info' },
  { $ref: '#/paths' },
  { $ref: '#/components/schemas/A' },
  { a: { b: [] } },
  { '200': {} },
  'application/json',
);
const change = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'add', 'rename'),
  value: values,
});

/** Every place of a value that has a key. */
function places(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { holder: value as Record<string, unknown>, key },
    ...places(inner),
  ]);
}

function mutate(start: object, changes: readonly { at: number; how: string; value: unknown }[]): object {
  const document = structuredClone(start);
  for (const { at, how, value } of changes) {
    const all = places(document);
    const place = all[at % all.length];
    if (place === undefined) continue;
    const { holder, key } = place;
    const old = holder[key];
    if (how === 'replace') holder[key] = structuredClone(value);
    if (how === 'remove' && !Array.isArray(holder)) delete holder[key];
    if (how === 'add' && !Array.isArray(holder)) holder[`${key}2`] = structuredClone(value);
    if (how === 'rename' && !Array.isArray(holder)) {
      delete holder[key];
      holder[`x-${key}`] = old;
    }
  }
  return document;
}

describe('any document', () => {
  const anyDocument = fc
    .tuple(fc.constantFrom(...documents), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([document, changes]) => mutate(document, changes));

  test('is linted without a crash, and refused exactly when an error says so', () => {
    fc.assert(
      fc.property(anyDocument, fc.boolean(), (document, asJson) => {
        const text = asJson ? JSON.stringify(document) : openapiToYaml(document);
        const { ok, stage, message } = predictImport(text);
        const errors = lintOpenapi(text, { file: 'a', profile: 'studio' }).filter(
          ({ severity }) => severity === 'error',
        );
        const refused = errors.some((one) => one.stage === 'import' || one.code === 'CZ018');
        expect(refused).toBe(!ok);
        expect(message === null).toBe(stage === null);
        if (ok) {
          const breaks = errors.some(
            (one) => one.stage === 'tools' || (one.stage === 'crash' && one.code === 'CZ306'),
          );
          expect(breaks).toBe(stage === 'tools');
        }
        predictConvert(text);
        for (const profile of PROFILES) lintOpenapi(text, { file: 'a', profile });
      }),
      { numRuns: 400 },
    );
  });

  test('is no worse after its fixes, and has none left', () => {
    fc.assert(
      fc.property(anyDocument, fc.boolean(), (document, asJson) => {
        const start = asJson ? JSON.stringify(document) : openapiToYaml(document);
        const lint = (text: string) => lintOpenapi(text, { file: 'a', profile: 'cloud' });
        let text = start;
        let found = lint(text);
        for (let round = 0; round < 12 && found.some(({ fix }) => fix !== undefined); round++) {
          text = applyFixes(text, found).text;
          found = lint(text);
        }
        expect(found.filter(({ fix }) => fix !== undefined)).toEqual([]);
        if (predictImport(start).ok) expect(predictImport(text).ok).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('that is a manifest is linted without a crash', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const text = JSON.stringify(mutate(manifest, changes));
        const { ok } = predictManifest(text);
        const refused = lintAiPlugin(text, { file: 'a', profile: 'studio' }).some(
          ({ severity, stage }) => severity === 'error' && (stage === 'import' || stage === 'crash'),
        );
        expect(refused).toBe(!ok);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['nested brackets', '['.repeat(20_000)],
    ['nested JSON', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
    ['many lines', 'a: b\n'.repeat(200_000)],
    [
      'aliases of aliases',
      Array.from({ length: 30 }, (_, i) => `k${i}: &a${i} [*a${i - 1}, *a${i - 1}]`).join('\n'),
    ],
    ['an alias of itself', 'a: &a { b: *a }'],
    ['a merge of itself', 'a: &a { <<: *a }'],
    ['a merge of text', 'openapi: "3.0.1"\ninfo: { <<: text }'],
    ['zero bytes', '\u0000\u0000'],
  ])('%s end with a problem', (_, text) => {
    expect(lintOpenapi(text, { file: 'a.yaml', profile: 'studio' }).length).toBeGreaterThan(0);
    expect(predictImport(text).ok).toBe(false);
  });
});
