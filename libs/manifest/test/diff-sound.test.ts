import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffOpenapi } from '../src/index.ts';

const name = fc.constantFrom('a', 'b', 'c');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const small = fc.integer({ min: 0, max: 3 });

/** Schemas with few words, so that two of them often have something in common. */
const { schema } = fc.letrec<{ schema: Record<string, unknown> }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      type: fc.constantFrom(
        'string',
        'integer',
        'number',
        'boolean',
        ['string', 'null'],
        ['integer', 'string'],
      ),
      minimum: optional(small),
      maximum: optional(small),
      exclusiveMinimum: optional(small),
      minLength: optional(small),
      maxLength: optional(small),
      pattern: optional(fc.constantFrom('^x', 'y')),
    }),
    fc.record({ enum: fc.uniqueArray(fc.constantFrom('x', 'y', 1, 2, null), { minLength: 1 }) }),
    fc.record({ const: fc.constantFrom('x', 1) }),
    fc.record({
      type: fc.constant('array'),
      items: tie('schema'),
      minItems: optional(small),
      maxItems: optional(small),
    }),
    fc.record({
      type: fc.constant('array'),
      prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      items: optional(fc.constant(false)),
    }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
      required: fc.uniqueArray(name, { maxLength: 2 }),
      // A new key of an open map counts as an addition, so that only closed maps and maps with a rule are asked.
      additionalProperties: fc.oneof(fc.constant(false), tie('schema')),
    }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
  ),
}));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>('x', 'y', 'xy', 'zzz', '', 0, 1, 2, 3, 1.5, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));

const plain = (part: unknown) => JSON.parse(JSON.stringify(part)) as Record<string, unknown>;
const document = (part: unknown) => ({
  openapi: '3.1.0',
  info: { title: 'T', version: '1.0.0' },
  paths: {
    '/t': {
      post: {
        operationId: 't',
        requestBody: {
          content: { 'application/json': { schema: { type: 'object', properties: { part: plain(part) } } } },
        },
        responses: { '200': { description: '' } },
      },
    },
  },
});
const accepts = (part: unknown, one: unknown) =>
  new Ajv2020({ strict: false }).compile({ type: 'object', properties: { part: plain(part) } })({
    part: one,
  });

test('a change that breaks nobody accepts every value that was accepted before', () => {
  fc.assert(
    fc.property(schema, schema, fc.array(value, { minLength: 5, maxLength: 10 }), (old, now, values) => {
      const { counts } = diffOpenapi(document(old), document(now));
      if (counts.breaking > 0) return;
      for (const one of values) if (accepts(old, one)) expect(accepts(now, one)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('a small change of a schema is judged the same way', () => {
  const change = fc.constantFrom('drop', 'copy');
  fc.assert(
    fc.property(
      schema,
      fc.nat(),
      change,
      schema,
      fc.array(value, { minLength: 5, maxLength: 10 }),
      (old, at, how, other, values) => {
        const now = mutate(old, at, how === 'drop' ? undefined : other);
        const { counts } = diffOpenapi(document(old), document(now));
        if (counts.breaking > 0) return;
        for (const one of values) if (accepts(old, one)) expect(accepts(now, one)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

test('a schema has no difference to itself', () => {
  fc.assert(
    fc.property(schema, (one) => {
      expect(diffOpenapi(document(one), document(one)).changes).toEqual([]);
    }),
  );
});

/** A schema in which one keyword is gone or taken from another schema. */
function mutate(
  schema: Record<string, unknown>,
  at: number,
  other: Record<string, unknown> | undefined,
): object {
  const keywords = Object.keys(plain(schema));
  const keyword = keywords[at % keywords.length]!;
  const { [keyword]: _, ...rest } = plain(schema);
  if (other === undefined) return Object.keys(rest).length === 0 ? { type: 'string' } : rest;
  return { ...plain(schema), ...plain(other) };
}
