import { createValidator, hasCommonKeywords } from '@cozecut/problems/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeywordsSchema } from '../src/json-schema/keywords.ts';
import { ManifestSchema, ToolFileSchema } from '../src/schema/manifest.ts';

/** A keyword that restricts nothing, and that sends the schema to ajv. */
const byAjv = (schema: object) => ({ ...schema, dependentSchemas: {} });

const KEYS = ['a', 'b', 'a/b', 'kind', '__proto__', 'length'];
const TYPES = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -0,
      1,
      2.5,
      1e21,
      '',
      'a',
      'aaaa',
      '😀',
      'x',
      '12',
      '2024-02-30',
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const small = fc.integer({ min: 0, max: 3 });
const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
  const inner = tie('schema');
  const list = fc.array(inner, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(fc.constantFrom(...KEYS), inner, { maxKeys: 3, noNullPrototype: true });
  const tagged = fc.record({
    type: fc.constant('object'),
    required: fc.constant(['kind']),
    discriminator: fc.constant({ propertyName: 'kind' }),
    oneOf: fc
      .tuple(inner, inner)
      .map((branches) =>
        branches.map((one, index) => ({ properties: { kind: { const: ['a', 'x'][index] }, b: one } })),
      ),
  });
  const any = fc.record(
    {
      type: fc.oneof(
        fc.constantFrom(...TYPES),
        fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 }),
      ),
      nullable: fc.constant(true),
      enum: fc.array(value, { minLength: 1, maxLength: 3 }),
      const: value,
      // No `__proto__`: in ajv, which writes a default as code, that one key is lost.
      default: fc.constantFrom<unknown>(1, 'a', null, [], { a: [1] }),
      minimum: small,
      maximum: small,
      exclusiveMinimum: small,
      exclusiveMaximum: small,
      multipleOf: fc.constantFrom(0.1, 2, 1e-8),
      minLength: small,
      maxLength: small,
      pattern: fc.constantFrom('^a', '😀', '^.$'),
      format: fc.constantFrom('date', 'int32', 'email', 'no-such-format'),
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
      items: inner,
      prefixItems: list,
      minProperties: small,
      maxProperties: small,
      required: fc.uniqueArray(fc.constantFrom(...KEYS), { maxLength: 3 }),
      properties: map,
      patternProperties: fc.dictionary(fc.constantFrom('^a', 'b$'), inner, {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      additionalProperties: inner,
      propertyNames: fc.record({ pattern: fc.constantFrom('^a', '^[a-z]+$') }),
      anyOf: list,
      oneOf: list,
      allOf: list,
      $ref: fc.constantFrom('#/$defs/one', '#/$defs/two', '#/$defs/a~1b'),
      writeOnly: fc.boolean(),
      description: fc.constant('a note'),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
      fc.boolean(),
      any.map(({ nullable, ...rest }) => ({
        ...rest,
        ...(nullable && rest.type !== undefined ? { nullable } : {}),
      })),
      tagged,
    ),
  };
});
const plainSchema = fc.constantFrom<object>(
  { type: 'string', minLength: 2 },
  { type: 'object', required: ['a'], properties: { a: { type: 'number' } } },
  { enum: ['a', 1] },
);
const root = fc
  .tuple(schema, plainSchema, plainSchema, plainSchema)
  .filter(([one]) => typeof one === 'object')
  .map(([one, ...targets]) => ({
    ...(one as object),
    $defs: {
      one: targets[0],
      // No defaults and no union: behind a reference ajv fills in defaults of alternatives that were not meant, and
      // names places as if the target were the root, so that alternatives get mixed up.
      two: {
        type: 'object',
        properties: { a: { $ref: '#/$defs/two' }, kind: targets[1] },
        additionalProperties: { $ref: '#/$defs/one' },
      },
      'a/b': targets[2],
    },
  }));

test('a schema of common keywords finds what ajv finds, in the same words and order', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(
      root,
      fc.array(value, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      (one, values, useDefaults) => {
        const expected = outcomeOfAjv(one, values, useDefaults);
        fc.pre(expected !== undefined);
        expect(outcome(one, values, useDefaults)).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

test('so do the schemas of manifests, for values that are nearly right', { timeout: 120_000 }, () => {
  const manifest = fc.record(
    {
      apiVersion: fc.oneof(fc.constant('cozecut/v1'), value),
      kind: fc.oneof(fc.constant('Plugin'), value),
      metadata: fc.oneof(
        value,
        fc.record({
          name: fc.constantFrom<unknown>('ok', 'No', 1),
          version: fc.constantFrom<unknown>('1.0.0', 1),
        }),
      ),
      tools: fc.oneof(
        value,
        fc.array(fc.record({ name: value, input: value, modes: value, handler: value })),
      ),
      auth: value,
      bindings: value,
      deployments: fc.oneof(value, fc.dictionary(fc.constantFrom('local', 'A b'), value)),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(manifest, schema), { minLength: 20, maxLength: 20 }), (values) => {
      for (const checked of [ManifestSchema, KeywordsSchema]) {
        expect(outcome(checked, values, false)).toEqual(outcomeOfAjv(checked, values, false));
      }
    }),
    { numRuns: 10 },
  );
});

/** What is found in the values, and what is left of them after defaults were filled in. */
function outcome(one: object, values: readonly unknown[], useDefaults: boolean): unknown {
  const validate = createValidator(one, { useDefaults });
  return values.map((item) => {
    const copy = structuredClone(item);
    return { violations: validate(copy), copy };
  });
}

/** What ajv finds; nothing where the code that it makes fails, which some unions of maps lead to. */
function outcomeOfAjv(...[one, ...rest]: Parameters<typeof outcome>): unknown {
  try {
    return outcome(byAjv(one), ...rest);
  } catch (error) {
    if (error instanceof TypeError && error.stack?.includes('/node_modules/ajv/')) return undefined;
    throw error;
  }
}

test('the schemas that are taken for known have common keywords only', () => {
  expect(hasCommonKeywords(ManifestSchema)).toBe(true);
  expect(hasCommonKeywords(ToolFileSchema)).toBe(true);
});

test.each([
  ['the common way', (schema: object) => schema],
  ['ajv', byAjv],
])('a property that every object inherits is missing where the value has none of its own: %s', (_, way) => {
  const optional = createValidator(way({ properties: { constructor: { type: 'string' } } }));
  expect(optional({})).toEqual([]);
  const wanted = createValidator(way({ required: ['toString'] }));
  expect(wanted({}).map(({ code }) => code)).toEqual(['MISSING_KEY']);
  expect(wanted({ toString: 1 })).toEqual([]);
});
