import { formatPointer, type PathSegment } from '@cozecut/problems';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Document, parseDocument, stringify } from 'yaml';
import { LIMITS, readTokens } from '../src/source/limits.ts';
import { nodeAt, placeOf, toValue } from '../src/source/node.ts';
import { parseSource } from '../src/source/parse.ts';
import { sourceFile, toLocation } from '../src/source/source-file.ts';

const document = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), tie('value'), { maxKeys: 3 }),
    ),
  })).value,
  { minKeys: 1, maxKeys: 4 },
);

/** Every path of a value with what is there. */
function paths(value: unknown, path: PathSegment[] = []): { path: PathSegment[]; value: unknown }[] {
  const here = [{ path, value }];
  if (Array.isArray(value)) return here.concat(value.flatMap((item, index) => paths(item, [...path, index])));
  if (typeof value !== 'object' || value === null) return here;
  return here.concat(Object.entries(value).flatMap(([key, item]) => paths(item, [...path, key])));
}

const writers = {
  'block style': (value: unknown) => stringify(value, { lineWidth: 0 }),
  'folded and quoted': (value: unknown) =>
    stringify(value, { lineWidth: 30, defaultStringType: 'QUOTE_DOUBLE' }),
  'flow style': (value: unknown) => new Document(value, {}).toString({ collectionStyle: 'flow' }),
  json: (value: unknown) => JSON.stringify(value, null, 2),
  'windows line ends': (value: unknown) => JSON.stringify(value, null, 2).replaceAll('\n', '\r\n'),
};

test.each(Object.entries(writers))('every pointer leads to what is written there, in %s', (_, write) => {
  fc.assert(
    fc.property(document, (value) => {
      const file = sourceFile('/plugin.yaml', write(value));
      const { root, problems } = parseSource(file);
      expect(problems).toEqual([]);
      expect(toValue(root!)).toEqual(value);
      for (const { path, value: item } of paths(value)) {
        const node = nodeAt(root!, path)!;
        const place = node.place!;
        const text = file.text.slice(place.start, place.end);
        const again = parseDocument(text);
        // A block collection is cut at its first character, so its other lines are indented more: only simple values
        // can be read on their own.
        if (typeof item !== 'object' && !text.includes('\n'))
          expect([formatPointer(path), again.toJS()]).toEqual([formatPointer(path), item]);
        const { start, end } = toLocation(placeOf(root!, path, 'value')!);
        const shown = file.text.split('\n')[start.line - 1]!;
        expect(start.column).toBeLessThanOrEqual(shown.length + 1);
        expect(end!.line > start.line || end!.column >= start.column).toBe(true);
        const last = path.at(-1);
        if (typeof last === 'string') {
          const key = placeOf(root!, path, 'key')!;
          expect(parseDocument(file.text.slice(key.start, key.end)).toJS()).toEqual(last);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('what is missing is shown at the key of the map that it is missing in', () => {
  const file = sourceFile('/plugin.yaml', 'a:\n  b:\n    c: 1\n  list:\n    - x: 1\n');
  const { root } = parseSource(file);
  const at = (path: PathSegment[]) => toLocation(placeOf(root!, path, 'key')!).start;
  expect(at(['a', 'b', 'd'])).toEqual({ line: 2, column: 3 });
  expect(at(['a', 'b', 'd', 'e'])).toEqual({ line: 2, column: 3 });
  expect(at(['a', 'list', 0, 'y'])).toEqual({ line: 5, column: 7 });
  expect(at(['z'])).toEqual({ line: 1, column: 1 });
});

/** Depth of the tree that the YAML library makes. */
function depth(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 0;
  const items = 'items' in node && Array.isArray(node.items) ? node.items : [];
  const inner = items.map((item: unknown) =>
    typeof item === 'object' && item !== null && 'key' in item && 'value' in item
      ? Math.max(depth(item.key), depth(item.value))
      : depth(item),
  );
  return 'items' in node ? 1 + Math.max(0, ...inner) : 0;
}

test('no text gets deeper trees past the limits than twice the limit', () => {
  const token = fc.constantFrom(
    '[',
    '{',
    ']',
    '}',
    '- ',
    '? ',
    ': ',
    ', ',
    '"',
    "'",
    '# ',
    '|\n',
    '>\n',
    '\n',
    '  ',
    'a',
    'b: ',
    '&x ',
    '!t ',
    '\t',
    '---\n',
  );
  const deep = fc
    .tuple(fc.array(token, { maxLength: 12 }), fc.array(token, { minLength: 1, maxLength: 5 }))
    .map(([start, nest]) => start.join('') + nest.join('').repeat(150));
  fc.assert(
    fc.property(deep, (text) => {
      if ('broken' in readTokens(sourceFile('/plugin.yaml', text))) return;
      expect(
        depth(parseDocument(text, { prettyErrors: false, uniqueKeys: false }).contents),
      ).toBeLessThanOrEqual(2 * LIMITS.maxDepth + 2);
    }),
    { numRuns: 500 },
  );
});
