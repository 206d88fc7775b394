import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { type SchemaError, schemaProblems } from '../src/index.ts';

function check(schema: object, value: unknown) {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, discriminator: true });
  const validate = ajv.compile(schema);
  validate(value);
  return schemaProblems((validate.errors ?? []) as SchemaError[], { code: 'X', root: 'input' });
}

const messages = (schema: object, value: unknown) => check(schema, value).map((problem) => problem.message);

test.each([
  ['type', { type: 'object' }, [], 'input must be an object (got an empty list)'],
  ['required', { type: 'object', required: ['name'] }, {}, 'name is required'],
  [
    'nested place',
    { properties: { a: { items: { type: 'number' } } } },
    { a: [1, 'x'] },
    'a[1] must be a number (got "x")',
  ],
  ['range', { properties: { w: { minimum: 16 } } }, { w: 3 }, 'w must be >= 16 (got 3)'],
  ['enum', { properties: { f: { enum: [24, 25] } } }, { f: 23 }, 'f must be one of 24, 25 (got 23)'],
  ['length', { properties: { n: { minLength: 1 } } }, { n: '' }, 'n must have at least 1 character'],
  [
    'union of types',
    { properties: { t: { anyOf: [{ type: 'number' }, { type: 'string' }] } } },
    { t: null },
    't must be a number or text (got null)',
  ],
  [
    'union of constants',
    { properties: { u: { anyOf: [{ const: 'us' }, { const: 'ms' }] } } },
    { u: 'h' },
    'u must be one of "us", "ms" (got "h")',
  ],
])('%s', (_name, schema, value, message) => {
  expect(messages(schema, value)).toEqual([message]);
});

test('an unknown key suggests the known one', () => {
  const [problem] = check({ properties: { name: {} }, additionalProperties: false }, { nmae: 1 });
  expect(problem).toMatchObject({
    message: 'unknown key "nmae" in input',
    pointer: '/nmae',
    suggestions: ['name'],
  });
});

test('a union is reported for the branch that was meant', () => {
  const schema = {
    properties: {
      handler: {
        anyOf: [
          { type: 'string' },
          { type: 'object', properties: { http: { type: 'string' } }, additionalProperties: false },
        ],
      },
    },
  };
  expect(messages(schema, { handler: { http: 5 } })).toEqual(['handler.http must be text (got 5)']);
});

test('an unknown discriminator value names the known ones', () => {
  const schema = {
    type: 'object',
    required: ['type'],
    discriminator: { propertyName: 'type' },
    oneOf: [
      { properties: { type: { const: 'video' } }, required: ['type'] },
      { properties: { type: { const: 'audio' } }, required: ['type'] },
    ],
  };
  expect(messages(schema, { type: 'vdeo' })).toEqual([
    'input.type must be one of "video", "audio" (got "vdeo")',
  ]);
});
