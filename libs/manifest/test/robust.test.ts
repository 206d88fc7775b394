import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { checkManifest, diskFiles, emitOpenapi } from '../src/index.ts';
import { cozeViolations } from './support/coze-rules.ts';
import { fullManifest } from './support/full.ts';

type Data = Record<string, unknown> | unknown[];

const clean = readFileSync(fullManifest, 'utf8');
const places = containers(parse(clean)).length;

/** Every map and list in a value. */
function containers(value: unknown): Data[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Data, ...Object.values(value).flatMap(containers)];
}

/** The clean manifest with one value, somewhere in it, replaced, removed or added. */
function changed(place: number, key: number, value: unknown): string {
  const document: unknown = parse(clean);
  const holder = containers(document)[place]!;
  const keys = Object.keys(holder);
  const name = keys[key % (keys.length + 1)] ?? (Array.isArray(holder) ? keys.length : 'added');
  if (value === undefined) delete holder[name as never];
  else (holder as Record<string, unknown>)[name] = value;
  return stringify(document);
}

test('whatever a value is replaced by, a check ends with problems or a plugin that can be exported', () => {
  const value = fc.oneof(
    fc.constantFrom(
      undefined,
      null,
      '',
      'x',
      './handlers/notes.ts',
      'secret:X',
      '30s',
      0,
      -1,
      1.5,
      true,
      [],
      {},
      [[]],
      { $ref: '#' },
      { type: 'object' },
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(fc.nat(places - 1), fc.nat(20), value, (place, key, item) => {
      const text = changed(place, key, item);
      const files = {
        ...diskFiles,
        readFile: (path: string) => (path === fullManifest ? text : diskFiles.readFile(path)),
      };
      const { plugin, problems } = checkManifest(fullManifest, files);
      expect(plugin === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
      for (const problem of problems)
        expect(problem).toMatchObject({ location: { start: { line: expect.any(Number) } } });
      if (plugin === undefined) return;
      for (const profile of ['local', 'full'] as const) emitOpenapi(plugin, { profile });
      expect(
        cozeViolations(emitOpenapi(plugin, { profile: 'coze', serverUrl: 'https://notes.example.com' })),
      ).toEqual([]);
    }),
    { numRuns: 100 },
  );
  // Two seconds of work: on a busy machine the usual limit would end it, and no seed would be printed.
}, 180_000);
