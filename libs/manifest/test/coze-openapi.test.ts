import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  cozeCodec,
  emitOpenapi,
  type JsonSchema,
  openapiToJson,
  openapiToYaml,
  type Plugin,
  type Tool,
} from '../src/index.ts';
import { cozeViolations } from './support/coze-rules.ts';
import { fullFolder, loadFull } from './support/full.ts';

const snapshots = join(fullFolder, '..', 'openapi');
const full = loadFull();
const coze = (plugin: Plugin) =>
  emitOpenapi(plugin, { profile: 'coze', serverUrl: 'https://notes.example.com/' });

/** The full plugin with one tool that has the given schemas. */
function pluginWith(input: JsonSchema, output: JsonSchema, change: Partial<Tool> = {}): Plugin {
  return { ...full, tools: [{ ...full.tools[0]!, name: 'probe', input, output, ...change }] };
}

/** Properties of the body (or of the answer) that Coze gets for a schema. */
function converted(
  properties: Record<string, unknown>,
  side: 'input' | 'output' = 'input',
  required: string[] = [],
) {
  const schema = { type: 'object', properties, required };
  const none = { type: 'object' };
  const document = coze(side === 'input' ? pluginWith(schema, none) : pluginWith(none, schema));
  expect(cozeViolations(document)).toEqual([]);
  const operation = Object.values(document.paths as Record<string, { post: Operation }>)[0]!.post;
  const holder = side === 'input' ? operation.requestBody! : operation.responses['200'];
  return holder.content['application/json'].schema;
}

interface Content {
  content: { 'application/json': { schema: { properties: Record<string, unknown>; required?: string[] } } };
}
interface Operation {
  requestBody?: Content;
  responses: { '200': Content };
}

const field = (schema: unknown, side: 'input' | 'output' = 'input') =>
  converted({ field: schema }, side).properties.field;

describe('the document for Coze', () => {
  test('of the full manifest is as it was, byte by byte, and keeps every rule', async () => {
    const document = coze(loadFull({ deployment: 'prod' }));
    expect(cozeViolations(document)).toEqual([]);
    const yaml = openapiToYaml(document);
    await expect(yaml).toMatchFileSnapshot(join(snapshots, 'coze.yaml'));
    expect(openapiToYaml(coze(loadFull({ deployment: 'prod' })))).toBe(yaml);
    expect(parse(yaml)).toEqual(document);
    expect(parse(yaml, { version: '1.1' })).toEqual(document);
    expect(JSON.parse(openapiToJson(document))).toEqual(document);
  });

  test('has the tools that are enabled and can be called over HTTP', () => {
    const plugin = loadFull();
    const change = (name: string, values: Partial<Tool>) => (tool: Tool) =>
      tool.name === name ? { ...tool, ...values } : tool;
    const tools = plugin.tools
      .map(change('open_notebook', { modes: ['local', 'manual'] }))
      .map(change('add_notes', { modes: ['relay'] }))
      .map(change('summarise', { enabled: false }));
    const everyMode = { ...plugin, tools, openapi: { ...plugin.openapi, profiles: {} } };
    expect(Object.keys(coze(everyMode).paths as object)).toEqual([
      '/coze/plugin/v1/notebooks/{notebook_id}/notes',
      '/coze/plugin/v1/tools/save_notes',
    ]);
    const { paths } = coze({ ...plugin, tools }) as { paths: Record<string, object> };
    expect(Object.values(paths).flatMap(Object.keys)).toEqual(['post', 'get']);
  });

  test('names the given address, that of the deployment, or the one it listens on', () => {
    const url = (plugin: Plugin, serverUrl?: string) =>
      (
        emitOpenapi(plugin, { profile: 'coze', ...(serverUrl === undefined ? {} : { serverUrl }) })
          .servers as { url: string }[]
      )[0]!.url;
    const env = { PUBLIC_URL: 'https://notes.example.com', DATABASE_URL: './x' };
    expect(url(loadFull({ deployment: 'prod', env }))).toBe('https://notes.example.com');
    expect(url(loadFull({ deployment: 'prod', env }), 'https://other.example.com/')).toBe(
      'https://other.example.com',
    );
    expect(url(loadFull())).toBe('http://127.0.0.1:7788');
    expect(url(loadFull({ deployment: 'prod' }))).toBe('http://127.0.0.1:8080');
  });

  test('keeps summaries within what Coze shows', () => {
    const tool = { summary: 'Short', description: { human: 'x', model: '长'.repeat(900) } };
    const document = coze(pluginWith({ type: 'object' }, { type: 'object' }, tool));
    expect(cozeViolations(document)).toEqual([]);
    expect(JSON.stringify(document)).toContain('长…');
  });

  test('quotes what an old YAML reader would take for something else', () => {
    const yaml = openapiToYaml({
      version: '1.0',
      on: 'yes',
      time: '12:30:45',
      list: ['no', '0o7', '1_000', 'null', '~'],
    });
    expect(yaml).toContain('"1.0"');
    expect(parse(yaml, { version: '1.1' })).toEqual(parse(yaml));
    const shared = { a: 1 };
    expect(openapiToYaml({ b: shared, c: shared })).toBe('b:\n  a: 1\nc:\n  a: 1\n');
  });
});

describe('schemas for Coze', () => {
  const described = { description: 'Field' };

  test.each<[name: string, from: unknown, to: unknown]>([
    ['a format is dropped', { type: 'string', format: 'uuid' }, { type: 'string' }],
    [
      'but not that of a file',
      { type: 'string', format: 'image_url', 'x-assist-type': 'image' },
      { type: 'string', format: 'image_url', 'x-assist-type': 'image' },
    ],
    [
      'unless it is of another kind',
      { type: 'string', format: 'image_url', 'x-assist-type': 'video' },
      { type: 'string', 'x-assist-type': 'video' },
    ],
    ['an unknown kind of file is dropped', { type: 'string', 'x-assist-type': 'svg' }, { type: 'string' }],
    [
      'a title becomes the description',
      { type: 'string', title: 'Name' },
      { type: 'string', description: 'Name' },
    ],
    [
      'a constant is a choice of one',
      { const: 'a' },
      { type: 'string', enum: ['a'], description: 'Field. One of a' },
    ],
    ['nothing but null or a type is that type', { type: ['string', 'null'] }, { type: 'string' }],
    [
      'also as a union',
      { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] },
      { type: 'integer', minimum: 1 },
    ],
    ['also by the old keyword', { type: 'string', nullable: true }, { type: 'string' }],
    [
      'null is no choice',
      { enum: ['a', null] },
      { type: 'string', enum: ['a'], description: 'Field. One of a' },
    ],
    [
      'an exclusive bound is a flag',
      { type: 'number', exclusiveMinimum: 0, maximum: 9 },
      { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 9 },
    ],
    [
      'the tighter bound counts',
      { type: 'number', minimum: 5, exclusiveMinimum: 0 },
      { type: 'number', minimum: 5 },
    ],
    [
      'numbers of two kinds are numbers',
      { anyOf: [{ type: 'integer' }, { type: 'number' }] },
      { type: 'number' },
    ],
    [
      'choices of one type are joined',
      { oneOf: [{ const: 'a' }, { const: 'b' }] },
      { type: 'string', enum: ['a', 'b'], description: 'Field. One of a, b' },
    ],
    [
      'scalars of several types are text',
      { type: ['string', 'number'], default: 5 },
      { type: 'string', default: '5', description: 'Field. Text or a number' },
    ],
    [
      'a map of anything is JSON text',
      { type: 'object', additionalProperties: { type: 'string' }, default: { a: 'b' } },
      { type: 'string', default: '{"a":"b"}', description: 'Field. Pass it as JSON text' },
    ],
    ['anything is JSON text', true, { type: 'string', description: 'Field. Pass it as JSON text' }],
    [
      'a list or text is JSON text',
      { oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      { type: 'string', description: 'Field. Pass it as JSON text' },
    ],
    [
      'a list of anything is a list of JSON text',
      { type: 'array' },
      { type: 'array', items: { type: 'string', description: 'Field. Pass it as JSON text' } },
    ],
    [
      'a default inside of a list is dropped',
      { type: 'array', items: { type: 'object', properties: { a: { type: 'integer', default: 1 } } } },
      {
        type: 'array',
        items: {
          type: 'object',
          description: 'Field',
          properties: { a: { type: 'integer', description: 'A' } },
        },
      },
    ],
    ['a default that is null is dropped', { type: ['string', 'null'], default: null }, { type: 'string' }],
    ['a pattern that Coze cannot read is dropped', { type: 'string', pattern: '^(?!x)' }, { type: 'string' }],
    [
      'another one is kept',
      { type: 'string', pattern: '^[a-z]{2,5}$' },
      { type: 'string', pattern: '^[a-z]{2,5}$' },
    ],
    [
      'allOf is merged',
      {
        allOf: [
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          { properties: { b: { type: 'boolean' } } },
        ],
      },
      {
        type: 'object',
        properties: { a: { type: 'string', description: 'A' }, b: { type: 'boolean', description: 'B' } },
      },
    ],
    [
      'conditions beside properties are dropped',
      {
        type: 'object',
        properties: { a: { type: 'string' } },
        anyOf: [{ required: ['a'] }, { required: [] }],
      },
      { type: 'object', properties: { a: { type: 'string', description: 'A' } } },
    ],
    [
      'maps that a key tells apart are one map',
      {
        oneOf: [
          {
            type: 'object',
            required: ['kind', 'url'],
            properties: { kind: { const: 'url' }, url: { type: 'string' } },
          },
          {
            type: 'object',
            required: ['kind'],
            properties: { kind: { const: 'file' }, path: { type: 'string' } },
          },
        ],
      },
      {
        type: 'object',
        properties: {
          kind: { type: 'string', description: 'Kind. One of url, file', enum: ['url', 'file'] },
          url: { type: 'string', description: 'Url' },
          path: { type: 'string', description: 'Path' },
        },
      },
    ],
    [
      'variables and switches are kept',
      {
        type: 'string',
        'x-variable-ref': 'v',
        'x-global-disable': true,
        'x-local-disable': 'yes',
        'x-mine': 1,
      },
      { type: 'string', 'x-variable-ref': 'v', 'x-global-disable': true },
    ],
  ])('%s', (_, from, to) => {
    expect(field(from)).toEqual({ ...described, ...(to as object) });
  });

  test('properties may be named like keywords', () => {
    const names = [
      'title',
      'format',
      'default',
      'properties',
      'type',
      'required',
      '$ref',
      'additionalProperties',
      'items',
      '__proto__',
    ];
    const schema = converted(Object.fromEntries(names.map((name) => [name, { type: 'string' }])));
    expect(Object.keys(schema.properties)).toEqual(names);
  });

  test('nothing is required inside of what may be missing: Coze looks for it there all the same', () => {
    const point = { type: 'object', required: ['x'], properties: { x: { type: 'integer' } } };
    const line = { type: 'object', required: ['from'], properties: { from: point } };
    const properties = { line, bound: line, points: { type: 'array', items: point } };
    const { properties: input } = converted(properties, 'input', ['bound']);
    expect(input).toMatchObject({
      bound: { required: ['from'], properties: { from: { required: ['x'] } } },
      points: { items: { required: ['x'] } },
    });
    expect(JSON.stringify(input.line)).not.toContain('required');
    expect(converted(properties, 'output').properties.line).toMatchObject({ required: ['from'] });
  });

  test('what may be null is not required, and what nothing can be is left out', () => {
    const schema = converted({ a: { type: ['string', 'null'] }, b: { type: 'string' }, c: false }, 'input', [
      'a',
      'b',
    ]);
    expect(schema.required).toEqual(['b']);
    expect(Object.keys(schema.properties)).toEqual(['a', 'b']);
  });

  test('answers say whether the call worked beside what the tool says', () => {
    const schema = converted(
      {
        message: { type: 'string', description: 'Own' },
        success: { type: 'string' },
        total: { type: 'integer' },
      },
      'output',
      ['total'],
    );
    expect(schema.required).toEqual(['success']);
    expect(schema.properties).toEqual({
      success: { type: 'boolean', description: 'Whether the call worked' },
      error_code: { type: 'string', description: 'Code of the error when the call failed' },
      message: { type: 'string', description: 'Own' },
      total: { type: 'integer', description: 'Total' },
    });
  });

  test('ids are text in answers', () => {
    expect(field({ type: 'integer' }, 'output')).toMatchObject({ type: 'integer' });
    expect(
      converted(
        { user_id: { type: 'integer' }, ids: { type: 'array', items: { type: 'integer' } } },
        'output',
      ).properties,
    ).toMatchObject({
      user_id: { type: 'string' },
    });
  });
});

describe('the codec for Coze', () => {
  const codec = (input: JsonSchema, output: JsonSchema = { type: 'object' }, change: Partial<Tool> = {}) =>
    cozeCodec(pluginWith(input, output, change).tools[0]!);

  test('gives a tool the values that its schema wants', () => {
    const { decodeInput } = codec({
      type: 'object',
      required: ['note'],
      properties: {
        at: { type: ['number', 'string'] },
        style: { type: 'object' },
        note: { type: ['string', 'null'] },
        size: { type: 'integer' },
        items: { type: 'array', items: { properties: { any: {} } } },
      },
    });
    expect(decodeInput({ at: '5', style: '{"a":1}', size: '3', items: [{ any: '[1]' }] })).toEqual({
      at: 5,
      style: { a: 1 },
      note: null,
      size: 3,
      items: [{ any: [1] }],
    });
    expect(decodeInput({ at: '250ms', style: 'not json', note: 'x', size: 'many' })).toEqual({
      at: '250ms',
      style: 'not json',
      note: 'x',
      size: 'many',
    });
  });

  test('takes an empty optional argument of a query for left out', () => {
    const schema = {
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'string' },
        limit: { type: 'integer' },
        tags: { type: 'array', items: { type: 'string' } },
      },
    };
    const get = codec(schema, undefined, { http: { method: 'GET', path: '/v1/x/{id}' } });
    expect(get.decodeInput({ id: '1', limit: '', tags: 'one' })).toEqual({ id: '1', tags: ['one'] });
    expect(get.decodeInput({ id: '1', limit: '5', tags: ['a', 'b'] })).toEqual({
      id: '1',
      limit: 5,
      tags: ['a', 'b'],
    });
    expect(codec(schema).decodeInput({ id: '', limit: '' })).toEqual({ id: '', limit: '' });
  });

  test('gives Coze the fields that the document declares', () => {
    const { encodeOutput } = codec(
      { type: 'object' },
      {
        type: 'object',
        properties: {
          draft_id: { type: 'integer' },
          note: { type: ['string', 'null'] },
          extra: { type: 'object' },
          lines: { type: 'array', items: { properties: { at: { type: ['string', 'number'] } } } },
        },
      },
    );
    expect(encodeOutput({ draft_id: 7, note: null, extra: { a: [1] }, lines: [{ at: 1.5 }] })).toEqual({
      success: true,
      draft_id: '7',
      extra: '{"a":[1]}',
      lines: [{ at: '1.5' }],
    });
  });
});

describe('any schema', () => {
  const name = fc.constantFrom('a', 'draft_id', 'title', 'type', 'items', 'x y');
  const { schema } = fc.letrec<{ schema: unknown; properties: unknown }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        { type: 'string' },
        { type: 'integer' },
        { type: 'boolean' },
        { type: 'null' },
        {},
        true,
        { const: 1 },
        { enum: ['a', null, 2] },
      ),
      fc.record({
        type: fc.constant('object'),
        properties: tie('properties'),
        required: fc.array(name, { maxLength: 2 }),
      }),
      fc.record({ type: fc.constantFrom('array', ['array', 'null']), items: tie('schema') }),
      fc.record({
        type: fc.constant('array'),
        prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      }),
      fc.record({
        type: fc.uniqueArray(fc.constantFrom('string', 'integer', 'number', 'null', 'object'), {
          minLength: 1,
        }),
      }),
      fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
      fc.record({
        oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
        description: fc.constant('Text'),
      }),
      fc.record({
        allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
        properties: tie('properties'),
      }),
    ),
    properties: fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
  }));

  test('that travels as text takes an object too, whatever its keys are called', () => {
    const root = { type: 'object', properties: { part: { type: ['string', 'number'] } } };
    const { encodeOutput } = cozeCodec(pluginWith(root, root).tools[0]!);
    expect(encodeOutput({ part: { toString: [] } })).toEqual({ success: true, part: '{"toString":[]}' });
  });

  test('becomes one that Coze accepts, and whole values survive the way there and back', () => {
    fc.assert(
      fc.property(schema, fc.jsonValue({ maxDepth: 3 }), (part, value) => {
        const root = { type: 'object', properties: { part } };
        expect(cozeViolations(coze(pluginWith(root, root)))).toEqual([]);
        const { decodeInput, encodeOutput } = cozeCodec(pluginWith(root, root).tools[0]!);
        expect(() => decodeInput({ part: value })).not.toThrow();
        expect(JSON.parse(JSON.stringify(encodeOutput({ part: value })))).toMatchObject({ success: true });
      }),
      { numRuns: 300 },
    );
  });
});

test('what nobody filled in at a node of a workflow is not given: zero, no items, a map of nulls', () => {
  const input: JsonSchema = {
    type: 'object',
    required: ['count', 'list'],
    properties: {
      width: { type: 'integer', minimum: 16, default: 1920 },
      size: { type: 'number', exclusiveMinimum: 0 },
      fps: { type: 'integer', enum: [24, 30] },
      alpha: { type: 'number', minimum: 0 },
      x: { type: 'number' },
      names: { type: 'array', minItems: 1, items: { type: 'string' } },
      tags: { type: 'array', items: { type: 'string' } },
      shadow: { type: 'object', properties: { color: { type: 'string' } } },
      bold: { type: 'boolean' },
      volume: { type: 'number', minimum: 0, 'x-zero': 'unset' },
      flip: { type: 'boolean', 'x-zero': 'unset' },
      count: { type: 'integer', minimum: 1 },
      list: { type: 'array', minItems: 1, items: { type: 'string' } },
    },
  };
  const { decodeInput } = cozeCodec(pluginWith(input, { type: 'object' }).tools[0]!);
  const unset = { width: 0, size: 0, fps: 0, names: [], shadow: { color: null }, volume: 0, flip: false };
  // Zero is a value where it may be one, and what is needed is refused by its name, not left out.
  const kept = { alpha: 0, x: 0, tags: [], bold: false, count: 0, list: [], unknown: 0 };
  expect(decodeInput({ ...unset, ...kept })).toEqual(kept);
  const given = {
    volume: 0.5,
    flip: true,
    width: 20,
    size: 0.5,
    fps: 24,
    names: ['a'],
    shadow: { color: '#000' },
  };
  expect(decodeInput(given)).toEqual(given);
});
