import { schemaBuilder } from '@cozecut/problems/schema';
import { Type } from 'typebox';
import { expect, test } from 'vitest';

// Written for TypeBox, whose types the libraries use, and run with both.
function schemas(from: Pick<typeof Type, keyof typeof schemaBuilder>): Record<string, object> {
  const text = from.String({ minLength: 1, description: 'a text' });
  const options = { additionalProperties: false, description: 'a map' };
  return {
    plain: from.Array(
      from.Union([from.Number({ minimum: 1 }), from.Integer(), from.Boolean(), from.Null(), from.Unknown()]),
      { minItems: 1 },
    ),
    literals: from.Union([from.Literal('a'), from.Literal(1, { description: 'one' }), from.Literal(true)], {
      default: 'a',
    }),
    choice: from.Enum(['b', 'a'], { description: 'a choice' }),
    some: from.Object({ b: text, a: from.Optional(text), c: from.Integer() }, options),
    none: from.Object({ a: from.Optional(from.Object({ b: text })) }),
    empty: from.Object({}),
    optionalTwice: from.Object({ a: from.Optional(from.Optional(text)), b: text }),
    shared: from.Object({ ...from.Object({ a: from.Optional(text), b: text }).properties, c: text }),
    map: from.Record(from.String(), from.Number(), { propertyNames: { pattern: '^a' } }),
    names: from.Record(from.String({ pattern: '^x-' }), from.Unknown({ description: 'anything' })),
    written: from.Array(from.Unsafe<number>({ type: 'number', oneOf: [text] })),
  };
}

test('schemas are those of TypeBox, key by key and in its order', () => {
  const made = schemas(schemaBuilder as unknown as typeof Type);
  const expected = schemas(Type);
  expect(Object.keys(made)).toEqual(Object.keys(expected));
  for (const [name, schema] of Object.entries(expected)) {
    expect(JSON.stringify(made[name]), name).toBe(JSON.stringify(schema));
  }
});
