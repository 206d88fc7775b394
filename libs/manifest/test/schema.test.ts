import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { parse } from 'yaml';
import {
  createValidator,
  DEPLOYMENT_KEYS,
  describeViolation,
  INHERITABLE_KEYS,
  manifestJsonSchema,
  parseDuration,
  type RawManifest,
  type RawTool,
  TOP_LEVEL_KEYS,
} from '../src/index.ts';
import { fullFolder, fullManifest } from './support/full.ts';

const ajv = () => new Ajv2020({ strict: false });
const read = (path: string) => parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

describe('the published JSON Schema', () => {
  const validate = ajv().compile(manifestJsonSchema());

  test('accepts a whole manifest with its references to variables', () => {
    const manifest = read(fullManifest);
    expect(validate(manifest)).toBe(true);
    expect(
      validate({ ...manifest, defaults: { concurrency: '${env:' + 'N}', enabled: '${env:' + 'E}' } }),
    ).toBe(true);
    expect(validate({ ...manifest, defaults: { concurrency: 'many' } })).toBe(false);
    expect(validate({ ...manifest, default: {} })).toBe(false);
  });

  test('of a tool file accepts one', () => {
    const validateTool = ajv().compile(manifestJsonSchema('Tool'));
    const tool = read(join(fullFolder, 'tools/list-notes.yaml'));
    expect(validateTool(tool)).toBe(true);
    expect(validateTool({ ...tool, kind: 'Plugin' })).toBe(false);
  });

  test('is itself a valid schema, and the same every time', () => {
    expect(ajv().validateSchema(manifestJsonSchema())).toBe(true);
    expect(JSON.stringify(manifestJsonSchema())).toBe(JSON.stringify(manifestJsonSchema()));
  });

  test('describes every key', () => {
    const bare: string[] = [];
    const walk = (schema: Record<string, unknown>, path: string): void => {
      for (const [name, property] of Object.entries(
        (schema.properties ?? {}) as Record<string, typeof schema>,
      )) {
        if (typeof property.description !== 'string') bare.push(`${path}.${name}`);
        walk(property, `${path}.${name}`);
      }
      for (const branch of (schema.anyOf ?? []) as (typeof schema)[]) walk(branch, path);
      if (schema.items !== undefined) walk(schema.items as typeof schema, `${path}[]`);
      for (const value of Object.values((schema.patternProperties ?? {}) as Record<string, typeof schema>))
        walk(value, `${path}.*`);
    };
    for (const kind of ['Plugin', 'Tool'] as const) walk(manifestJsonSchema(kind), kind);
    expect(bare).toEqual([]);
  });

  test('names itself, and the default of each key that has one', () => {
    expect(manifestJsonSchema().$id).toBe('https://json.schemastore.org/cozecut-plugin.json');
    expect(manifestJsonSchema('Tool').$id).toBe('https://json.schemastore.org/cozecut-tool.json');
    const { properties } = manifestJsonSchema('Tool') as {
      properties: Record<string, { default?: unknown }>;
    };
    expect(properties.timeout!.default).toBe('30s');
    expect(properties.modes!.default).toEqual(['cloud', 'local', 'manual', 'mcp']);
    expect(properties.progress!.default).toBe(false);
  });

  test('describes every key class where it may stand', () => {
    const { properties } = manifestJsonSchema() as { properties: Record<string, { properties?: object }> };
    expect(Object.keys(properties)).toEqual([...TOP_LEVEL_KEYS]);
    expect(Object.keys(properties.defaults!.properties!)).toEqual(INHERITABLE_KEYS);
    const text = JSON.stringify(properties.deployments);
    for (const key of DEPLOYMENT_KEYS) expect(text).toContain(`"${key}":`);
  });
});

test('the type of a manifest comes from the same schema', () => {
  expectTypeOf<RawManifest['kind']>().toEqualTypeOf<'Plugin'>();
  expectTypeOf<NonNullable<RawManifest['tools']>[number]['name']>().toEqualTypeOf<string>();
  expectTypeOf<NonNullable<RawTool['runsOn']>>().toEqualTypeOf<'server' | 'device'>();
  expectTypeOf<NonNullable<RawTool['modes']>[number]>().toEqualTypeOf<
    'cloud' | 'local' | 'relay' | 'manual' | 'mcp'
  >();
});

describe('one mistake is one violation', () => {
  const shape = {
    oneOf: [
      {
        type: 'object',
        required: ['kind', 'radius'],
        properties: { kind: { const: 'circle' }, radius: { type: 'number' } },
        additionalProperties: false,
      },
      {
        type: 'object',
        required: ['kind', 'width'],
        properties: { kind: { const: 'box' }, width: { type: 'number', exclusiveMinimum: 0 } },
        additionalProperties: false,
      },
      { type: 'string', format: 'uuid' },
    ],
  };
  const check = createValidator({
    type: 'object',
    properties: {
      shape,
      shapes: { type: 'array', items: shape, maxItems: 2 },
      size: { type: ['integer', 'string'], pattern: '^[0-9]+px$' },
      step: { type: 'number', multipleOf: 0.5 },
      tags: { type: 'array', uniqueItems: true, minItems: 1 },
      name: { type: 'string', minLength: 2, maxLength: 4 },
      map: { type: 'object', maxProperties: 1, propertyNames: { pattern: '^[a-z]+$' } },
      never: false,
      both: { allOf: [{ minimum: 1 }, { maximum: 3 }], type: 'number' },
    },
    dependentRequired: { step: ['size'] },
    unevaluatedProperties: false,
  });

  test.each<[value: object, message: string]>([
    [{ shape: { kind: 'circle' } }, 'shape needs "radius"'],
    [{ shape: { kind: 'box', width: 0 } }, 'shape.width must be > 0 (got 0)'],
    [{ shape: { kind: 'bx', width: 0 } }, 'shape.kind must be one of circle or box (got "bx")'],
    [{ shape: { width: 0 } }, 'shape needs "kind"'],
    [{ shape: { kind: 'box', width: 1, height: 2 } }, 'unknown key "height" in shape'],
    [{ shape: 'box' }, 'shape must be a valid uuid (got "box")'],
    [{ shape: [] }, 'shape must be a map or text (got an empty list)'],
    [
      {
        shapes: [
          { kind: 'circle', radius: 1 },
          { kind: 'circle', radius: '1' },
        ],
      },
      'shapes[1].radius must be a number (got "1")',
    ],
    [{ size: 1.5 }, 'size must be a whole number or text (got 1.5)'],
    [{ size: '5' }, 'size must match ^[0-9]+px$ (got "5")'],
    [{ size: 1, step: 0.3 }, 'step must be a multiple of 0.5 (got 0.3)'],
    [{ step: 1 }, 'the input needs "size"'],
    [{ tags: [] }, 'tags must have at least 1 item (got an empty list)'],
    [{ tags: [1, 2, 1] }, 'tags[2] must not repeat item 0 (got 1)'],
    [{ name: 'a' }, 'name must have at least 2 characters (got "a")'],
    [{ name: 'abcde' }, 'name must have at most 4 characters (got "abcde")'],
    [{ map: { a: 1, b: 2 } }, 'map must have at most 1 key (got a map)'],
    [{ map: { A: 1 } }, 'the key map.A must be a name that matches ^[a-z]+$'],
    [{ never: 1 }, 'never must be left out (got 1)'],
    [{ both: 4 }, 'both must be <= 3 (got 4)'],
    [{ other: 1 }, 'unknown key "other" in the input'],
  ])('%j', (value, message) => {
    expect(check(value).map((violation) => describeViolation(violation, 'the input'))).toEqual([message]);
  });

  test('and none is none', () => {
    expect(check({ shape: { kind: 'circle', radius: 2 }, size: '3px', tags: ['a'] })).toEqual([]);
  });
});

test.each([
  ['30s', 30_000],
  ['500ms', 500],
  ['5m', 300_000],
  ['0s', undefined],
  ['1.5s', undefined],
  ['5 m', undefined],
  ['5h', undefined],
])('the duration %s is %s ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});
