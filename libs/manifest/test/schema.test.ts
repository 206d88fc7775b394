import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { parse } from 'yaml';
import {
  DEPLOYMENT_KEYS,
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
