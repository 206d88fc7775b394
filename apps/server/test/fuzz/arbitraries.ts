import fc from 'fast-check';

/** Part of a JSON schema that says what is generated. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  example?: unknown;
  default?: unknown;
}

const NASTY = [
  '',
  ' ',
  '../../etc/passwd',
  '/etc/passwd',
  'file:///etc/passwd',
  'C:\\Windows',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '👨‍👩‍👧‍👦',
  '{{7*7}}',
  '${jndi:x}',
  "' or 1=1 --",
  '%',
  '%%%',
  'null',
  '[]',
  '{"a":',
  '-1',
  '1e999',
  'NaN',
  '9'.repeat(400),
  'x'.repeat(10_000),
  '\u202eabc',
];

/** Values that nobody asked for. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...NASTY,
    null,
    true,
    0,
    -1,
    0.5,
    1e308,
    2 ** 53,
    -(2 ** 63),
    [],
    {},
    { toString: false },
    { length: -1 },
    [[[[[]]]]],
    JSON.parse('{"__proto__":{"a":1}}'),
    { constructor: { prototype: 1 } },
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Values for a schema: most of them near what it says, some of them not. `draftId` is an id that is there. */
export function valueFor(schema: Schema, draftId: string, name = ''): fc.Arbitrary<unknown> {
  if (name === 'draft_id') {
    return fc.oneof({ arbitrary: fc.constant<unknown>(draftId), weight: 6 }, { arbitrary: junk, weight: 1 });
  }
  return fc.oneof({ arbitrary: near(schema, draftId), weight: 9 }, { arbitrary: junk, weight: 1 });
}

function near(schema: Schema, draftId: string): fc.Arbitrary<unknown> {
  const { type, properties, items, required = [] } = schema;
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const kinds = [type ?? []].flat();
  switch (kinds[0]) {
    case 'object': {
      const fields = Object.entries(properties ?? {}).map(
        ([name, field]) => [name, valueFor(field, draftId, name)] as const,
      );
      const requiredKeys = required.filter((key) => properties !== undefined && key in properties);
      return fc.record(Object.fromEntries(fields), { requiredKeys });
    }
    case 'array': {
      const list = fc.array(valueFor(items ?? {}, draftId), { maxLength: 3 });
      // Coze sends lists as texts as well.
      return fc.oneof(
        list,
        list.map((value) => JSON.stringify(value)),
      );
    }
    case 'integer':
    case 'number': {
      const min = Math.max(schema.minimum ?? -10, -1e6);
      const max = Math.min(schema.maximum ?? 5_000_000, 1e9);
      return fc.integer({ min: Math.ceil(min), max: Math.max(Math.ceil(min), Math.floor(max)) });
    }
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.oneof(
        fc.constantFrom<unknown>('#ffffff', '你好', '1', 'https://media.example.com/a.mp4', 'c1', '[]', '{}'),
        fc.string({ maxLength: 20 }),
        fc.constantFrom<unknown>(...NASTY),
      );
    default:
      return junk;
  }
}

/** A segment of a path as it is written in a request line. */
export const segment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '..',
    '../..',
    '%2e%2e',
    '%2e%2e%2f%2e%2e%2fetc',
    '..%5c..',
    '%00',
    'a%00b',
    '%',
    '%zz',
    '%ff',
    '%C0%AF',
    ':id',
    '*',
    '//',
    'a;b',
    '%25',
    '\u00e9',
    'x'.repeat(10_000),
    '__proto__',
    'constructor',
    '-1',
    '0',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).map(encoded),
);

/** A query with names that come twice, as lists and as maps. */
export function queryFor(names: readonly string[]): fc.Arbitrary<string> {
  const value = fc.oneof(
    fc.constantFrom(...NASTY, '1', '-1', '1e9', '2026-01-01T00:00:00Z', 'ok', 'failed').map(encoded),
    fc.constantFrom('%', '%zz', '%ff', '%00'),
  );
  const suffix = fc.constantFrom('', '', '', '[]', '[a]', '[__proto__]', '[0]', '[a][b][c]');
  const one = fc
    .tuple(fc.constantFrom(...names, 'x', '__proto__', 'constructor'), suffix, value)
    .map(([name, after, text]) => `${name}${after}=${text}`);
  return fc.array(one, { maxLength: 4 }).map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`));
}

/** Headers that the server looks at. */
export const headers: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    'idempotency-key': fc.oneof(fc.constantFrom('', ' ', 'same', 'x'.repeat(300), '\u00ff'), fc.uuid()),
    'last-event-id': fc.constantFrom('-1', '9'.repeat(40), 'abc', '0', '999999999999999'),
    'x-request-id': fc.constantFrom('', 'a b', '<script>', 'x'.repeat(1_000)),
    'cozecut-webhook': fc.constantFrom(
      'x',
      'file:///etc/passwd',
      'http://a:b@c/',
      'http://127.0.0.1:1/',
      '//',
    ),
    'content-type': fc.constantFrom(
      'application/json; charset=utf-99',
      'application/json; charset=utf-16',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      ';',
    ),
    'content-encoding': fc.constantFrom('gzip', 'br', 'deflate', 'x'),
    'accept-encoding': fc.constantFrom('gzip', '*;q=0'),
    'if-none-match': fc.constantFrom('*', 'W/"x"', '"'),
    range: fc.constantFrom('bytes=0-', 'bytes=9-1', 'bytes=-99999999999999999999', 'x'),
  },
  { requiredKeys: [] },
);

/** A body: JSON of any kind, or what is no JSON. */
export const bodyText: fc.Arbitrary<string> = fc.oneof(
  junk.map((value) => JSON.stringify(value)),
  fc.constantFrom('', '{', '[1,', 'nul', '"\\ud800"', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, '{"a":1}{'),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** A text as it stands in an address; half a pair of UTF-16 has no such form. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
