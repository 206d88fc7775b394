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
