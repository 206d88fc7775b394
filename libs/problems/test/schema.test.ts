import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  createValidator,
  describeViolation,
  hasCommonKeywords,
  violationProblem,
} from '../src/schema/index.ts';

const messages = (schema: object, value: unknown) =>
  createValidator(schema)(value).map((violation) => describeViolation(violation, 'the input'));

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

describe('a oneOf with a discriminator', () => {
  const check = createValidator({
    type: 'object',
    required: ['type'],
    discriminator: { propertyName: 'type' },
    oneOf: ['video', 'audio'].map((type) => ({
      properties: { type: { const: type }, volume: { type: 'number' } },
      required: ['type'],
    })),
  });
  const problems = (value: unknown) =>
    check(value).map((violation) => violationProblem(violation, { top: 'the track' }));

  test('is a choice', () => {
    expect(problems({ type: 'vdeo' })).toEqual([
      {
        code: 'WRONG_VALUE',
        severity: 'error',
        message: 'type must be one of video or audio (got "vdeo")',
        pointer: '/type',
        suggestions: ['video'],
      },
    ]);
    expect(problems({ type: 5 })).toMatchObject([{ message: 'type must be one of video or audio (got 5)' }]);
  });

  test('needs the key that decides', () => {
    expect(problems({})).toMatchObject([
      { message: 'the track needs "type"', pointer: '', hint: 'type is one of video or audio' },
    ]);
  });

  test('reports the alternative that was meant', () => {
    expect(problems({ type: 'audio', volume: 'x' })).toMatchObject([{ pointer: '/volume' }]);
  });
});

describe('references within the schema', () => {
  const schema = {
    $defs: {
      leaf: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: 'leaf' }, size: { $ref: '#/$defs/size' } },
        additionalProperties: false,
      },
      list: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { const: 'list' }, items: { type: 'array', items: { $ref: '#/$defs/tree' } } },
        additionalProperties: false,
      },
      tree: { anyOf: [{ $ref: '#/$defs/leaf' }, { $ref: '#/$defs/list' }] },
      size: { type: 'number', minimum: 0 },
    },
    type: 'object',
    properties: { tree: { $ref: '#/$defs/tree' }, size: { $ref: '#/$defs/size' } },
  };

  test.each<[value: object, expected: string[]]>([
    [{ size: -1 }, ['size must be >= 0 (got -1)']],
    [{ tree: { kind: 'leaf', size: -1 } }, ['tree.size must be >= 0 (got -1)']],
    [{ tree: { kind: 'lief' } }, ['tree.kind must be one of leaf or list (got "lief")']],
    [
      { tree: { kind: 'list', items: [{ kind: 'list', items: [{ kind: 'leaf', sise: 1 }, 5] }] } },
      ['unknown key "sise" in tree.items[0].items[0]', 'tree.items[0].items[1] must be a map (got 5)'],
    ],
    [{ tree: { kind: 'list', items: [{ kind: 'leaf', size: 1 }] } }, []],
  ])('%j', (value, expected) => {
    expect(messages(schema, value)).toEqual(expected);
  });
});

test('what fits more than one alternative of oneOf is refused', () => {
  const schema = { oneOf: [{ type: 'number' }, { type: 'integer' }, { type: 'string' }] };
  expect(messages(schema, 5)).toEqual([
    'the input must fit one of the alternatives, and it fits more than one (got 5)',
  ]);
  expect(messages(schema, 5.5)).toEqual([]);
});

test('nothing of a value that is writeOnly is shown', () => {
  const check = createValidator({
    properties: {
      text: { writeOnly: true, type: 'string', pattern: '^secret:' },
      union: { writeOnly: true, anyOf: [{ type: 'string', minLength: 20 }, { type: 'null' }] },
      choice: { writeOnly: true, enum: ['first', 'second'] },
    },
  });
  for (const value of [
    { text: 'hunter2', union: 'hunter2', choice: 'hunter2' },
    { text: 7007, union: 7007 },
  ]) {
    const problems = check(value).map((violation) => violationProblem(violation, { top: 'the input' }));
    expect(problems).toHaveLength(Object.keys(value).length);
    expect(JSON.stringify(problems)).not.toMatch(/hunter2|7007/);
  }
});

test('a misspelled key is one mistake, and says which key it stands for', () => {
  const check = createValidator({
    required: ['name'],
    properties: { name: {}, size: {} },
    additionalProperties: false,
  });
  expect(check({ nmae: 1 })).toMatchObject([{ code: 'UNKNOWN_KEY', suggestions: ['name'], meant: 'name' }]);
  expect(check({ name: 1, other: 1 })).toMatchObject([
    { code: 'UNKNOWN_KEY', hint: 'It may have name, size' },
  ]);
});

test('defaults are filled in only when they are asked for', () => {
  const schema = { properties: { size: { default: 3 } } };
  const [with3, without] = [{}, {}];
  createValidator(schema, { useDefaults: true })(with3);
  createValidator(schema)(without);
  expect([with3, without]).toEqual([{ size: 3 }, {}]);
});

test('a value is as it was while the alternatives of a union are tried', () => {
  const value = { shape: { kind: 'x' } };
  const branch = { type: 'object', properties: { size: { default: 3 }, kind: { const: 'y' } } };
  createValidator(
    { properties: { shape: { anyOf: [branch, { type: 'string' }] } } },
    { useDefaults: true },
  )(value);
  expect(value).toEqual({ shape: { kind: 'x' } });
});

describe('a format', () => {
  test.each<[format: string, valid: unknown, invalid: unknown]>([
    ['date-time', '2024-02-29T23:59:60.5+08:00', '2023-02-29T00:00:00Z'],
    ['date', '2024-02-29', '2024-02-30'],
    ['time', '09:30:00Z', '24:00:00Z'],
    ['duration', 'P1DT2H', 'P'],
    ['uuid', '0b2b8f50-4f7c-4c4c-9d80-7a3a3e1f1a11', '0b2b8f50'],
    ['uri', 'https://example.com/a?b', 'example.com'],
    ['uri-reference', '../a#b', 'a b'],
    ['email', 'a.b@example.com', 'a@b'],
    ['ipv4', '127.0.0.1', '256.0.0.1'],
    ['ipv6', '2001:db8::1', '2001:db8:::1'],
    ['hostname', 'a-b.example', '-a.example'],
    ['json-pointer', '/a~1b/0', 'a'],
    ['regex', '^a+$', '('],
    ['byte', 'aGk=', 'aGk'],
    ['int32', 2 ** 31 - 1, 2 ** 31],
    ['int64', 2 ** 40, 1.5],
  ])('%s', (format, valid, invalid) => {
    expect(messages({ format }, valid)).toEqual([]);
    expect(messages({ format }, invalid)).toEqual([expect.stringContaining(`must be a valid ${format}`)]);
  });

  test('that is not known is a note for people', () => {
    expect(messages({ format: 'colour' }, 'x')).toEqual([]);
  });
});

test('the model alone loads no validator', () => {
  const script = `
    await import('@cozecut/problems');
    const { default: module } = await import('node:module');
    const loaded = Object.keys(module.createRequire(import.meta.url).cache);
    process.stdout.write(String(loaded.some((file) => file.includes('/ajv/'))));`;
  const run = spawnSync(
    process.execPath,
    ['--conditions=@cozecut/source', '--input-type=module', '-e', script],
    {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    },
  );
  expect({ loaded: run.stdout, error: run.stderr }).toEqual({ loaded: 'false', error: '' });
});

test('a known schema says the same, and is looked at only where it is used', () => {
  const known = {
    type: 'object',
    additionalProperties: false,
    required: ['a'],
    properties: { a: { type: 'string' }, b: { anyOf: [{ type: 'integer' }, { $ref: '#' }] }, c: { not: {} } },
  };
  const { c: _, ...properties } = known.properties;
  const eager = createValidator({ ...known, properties });
  const lazy = createValidator(known, { isKnown: true });
  for (const value of [
    { a: 'x' },
    { a: 1, b: 'y' },
    { b: { a: 2 } },
    { a: 'x', b: { a: 'x', b: 3 } },
    { d: 1 },
    7,
  ]) {
    const told = (check: typeof eager) => check(value).map(({ code, path }) => ({ code, path }));
    expect(told(lazy)).toEqual(told(eager));
  }
  expect(hasCommonKeywords(known)).toBe(false);
  expect(hasCommonKeywords({ ...known, properties })).toBe(true);
});

test('a value that has no text is told like any other', () => {
  const odd = { toString: false };
  expect(messages({ type: 'boolean' }, odd)).toHaveLength(1);
  expect(messages({ type: 'string', pattern: '^a$' }, odd)).toHaveLength(1);
});
