import { describe, expect, test } from 'vitest';
import { diffOpenapi, emitOpenapi, type OpenapiProfile, type Plugin, type Tool } from '../src/index.ts';
import { loadFull } from './support/full.ts';

type Schema = Record<string, unknown>;

const INPUT: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'mode'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 10, description: 'Name' },
    mode: { type: 'string', enum: ['a', 'b'], description: 'Mode' },
    size: { type: 'integer', minimum: 1, default: 3, description: 'Size' },
    tags: { type: 'array', items: { type: 'string', description: 'Tag' }, description: 'Tags' },
  },
};
const OUTPUT: Schema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string', description: 'Id' },
    state: { type: 'string', enum: ['new', 'done'], description: 'State' },
  },
};

const base = loadFull().tools[0]!;
const tool = (change: Partial<Tool> = {}): Tool => ({
  ...base,
  input: INPUT,
  output: OUTPUT,
  examples: [],
  ...change,
});

function document(tools: Tool[], version = '1.0.0', profile: OpenapiProfile = 'full') {
  const plugin: Plugin = loadFull();
  return emitOpenapi({ ...plugin, tools, openapi: { ...plugin.openapi, version } }, { profile });
}

function diff(change: Partial<Tool>, profile: OpenapiProfile = 'full', version = '1.0.1') {
  return diffOpenapi(document([tool()], '1.0.0', profile), document([tool(change)], version, profile));
}

const withProperty = (schema: Schema, name: string, property: unknown) => ({
  ...schema,
  properties: { ...(schema.properties as Schema), [name]: property },
});
const without = (schema: Schema, name: string) => ({
  ...schema,
  required: (schema.required as string[]).filter((one) => one !== name),
  properties: Object.fromEntries(Object.entries(schema.properties as Schema).filter(([key]) => key !== name)),
});

const input = (name: string, property: unknown): Partial<Tool> => ({
  input: withProperty(INPUT, name, property),
});
const output = (name: string, property: unknown): Partial<Tool> => ({
  output: withProperty(OUTPUT, name, property),
});
const text = { type: 'string', description: 'Name' };

describe('a change of one thing is one change', () => {
  test.each<[string, Partial<Tool>, string, string, string | undefined]>([
    ['an input is removed', { input: without(INPUT, 'tags') }, 'breaking', 'FIELD_REMOVED', 'input.tags'],
    [
      'an input is renamed',
      { input: withProperty(without(INPUT, 'tags'), 'labels', (INPUT.properties as Schema).tags) },
      'breaking',
      'FIELD_RENAMED',
      'input.tags',
    ],
    ['an optional input is new', input('note', { type: 'string' }), 'additive', 'FIELD_ADDED', 'input.note'],
    [
      'a required input is new',
      { input: { ...withProperty(INPUT, 'note', { type: 'string' }), required: ['name', 'mode', 'note'] } },
      'breaking',
      'FIELD_REQUIRED',
      'input.note',
    ],
    [
      'a required input with a default is new',
      {
        input: {
          ...withProperty(INPUT, 'note', { type: 'string', default: '' }),
          required: ['name', 'mode', 'note'],
        },
      },
      'additive',
      'FIELD_ADDED',
      'input.note',
    ],
    [
      'an input becomes required',
      { input: { ...INPUT, required: ['name', 'mode', 'tags'] } },
      'breaking',
      'FIELD_REQUIRED',
      'input.tags',
    ],
    [
      'an input becomes optional',
      { input: { ...INPUT, required: ['mode'] } },
      'additive',
      'FIELD_OPTIONAL',
      'input.name',
    ],
    [
      'an enum of an input loses a value',
      input('mode', { type: 'string', enum: ['a'], description: 'Mode' }),
      'breaking',
      'ENUM_NARROWED',
      'input.mode',
    ],
    [
      'an enum of an input gets a value',
      input('mode', { type: 'string', enum: ['a', 'b', 'c'], description: 'Mode' }),
      'additive',
      'ENUM_WIDENED',
      'input.mode',
    ],
    [
      'an input becomes an enum',
      input('name', { ...text, minLength: 1, maxLength: 10, enum: ['x'] }),
      'breaking',
      'ENUM_NARROWED',
      'input.name',
    ],
    [
      'an enum of an input becomes free',
      input('mode', { type: 'string', description: 'Mode' }),
      'additive',
      'ENUM_WIDENED',
      'input.mode',
    ],
    [
      'an input changes its type',
      input('size', { type: 'string', default: 3, description: 'Size', minimum: 1 }),
      'breaking',
      'TYPE_CHANGED',
      'input.size',
    ],
    [
      'an input takes more types',
      input('size', { type: 'number', minimum: 1, default: 3, description: 'Size' }),
      'additive',
      'TYPE_WIDENED',
      'input.size',
    ],
    [
      'an input takes null too',
      input('size', { type: ['integer', 'null'], minimum: 1, default: 3, description: 'Size' }),
      'additive',
      'TYPE_WIDENED',
      'input.size',
    ],
    [
      'an input gets a narrower bound',
      input('size', { type: 'integer', minimum: 2, default: 3, description: 'Size' }),
      'breaking',
      'CONSTRAINT_NARROWED',
      'input.size',
    ],
    [
      'an input gets a new bound',
      input('size', { type: 'integer', minimum: 1, maximum: 9, default: 3, description: 'Size' }),
      'breaking',
      'CONSTRAINT_NARROWED',
      'input.size',
    ],
    [
      'an input loses a bound',
      input('size', { type: 'integer', default: 3, description: 'Size' }),
      'additive',
      'CONSTRAINT_WIDENED',
      'input.size',
    ],
    [
      'an input may be longer',
      input('name', { ...text, minLength: 1, maxLength: 20 }),
      'additive',
      'CONSTRAINT_WIDENED',
      'input.name',
    ],
    [
      'an input gets a pattern',
      input('name', { ...text, minLength: 1, maxLength: 10, pattern: '^a' }),
      'breaking',
      'CONSTRAINT_NARROWED',
      'input.name',
    ],
    [
      'the default of an input changes',
      input('size', { type: 'integer', minimum: 1, default: 4, description: 'Size' }),
      'additive',
      'DEFAULT_CHANGED',
      'input.size',
    ],
    [
      'items of an input change',
      input('tags', { type: 'array', items: { type: 'integer', description: 'Tag' }, description: 'Tags' }),
      'breaking',
      'TYPE_CHANGED',
      'input.tags[]',
    ],
    [
      'an input is open for other keys',
      { input: { ...INPUT, additionalProperties: true } },
      'additive',
      'MAP_WIDENED',
      'input',
    ],
    [
      'an input is described otherwise',
      input('name', { ...text, minLength: 1, maxLength: 10, description: 'Other' }),
      'documentation',
      'TEXT_CHANGED',
      'input.name',
    ],
    [
      'an input is deprecated',
      input('tags', {
        type: 'array',
        items: { type: 'string', description: 'Tag' },
        description: 'Tags',
        deprecated: true,
      }),
      'additive',
      'DEPRECATED',
      'input.tags',
    ],
    ['an output is removed', { output: without(OUTPUT, 'id') }, 'breaking', 'FIELD_REMOVED', 'output.id'],
    ['an output is new', output('more', { type: 'string' }), 'additive', 'FIELD_ADDED', 'output.more'],
    [
      'an output changes its type',
      output('id', { type: 'integer', description: 'Id' }),
      'breaking',
      'TYPE_CHANGED',
      'output.id',
    ],
    [
      'an output may be null',
      output('id', { type: ['string', 'null'], description: 'Id' }),
      'breaking',
      'NULL_POSSIBLE',
      'output.id',
    ],
    [
      'an output may be missing',
      { output: { ...OUTPUT, required: [] } },
      'breaking',
      'FIELD_OPTIONAL',
      'output.id',
    ],
    [
      'an output is always there',
      { output: { ...OUTPUT, required: ['id', 'state'] } },
      'additive',
      'FIELD_REQUIRED',
      'output.state',
    ],
    [
      'an enum of an output gets a value',
      output('state', { type: 'string', enum: ['new', 'done', 'lost'], description: 'State' }),
      'additive',
      'ENUM_WIDENED',
      'output.state',
    ],
    [
      'an output is another kind of text',
      output('id', { type: 'string', format: 'uuid', description: 'Id' }),
      'additive',
      'CONSTRAINT_NARROWED',
      'output.id',
    ],
    ['the tool is renamed', { name: 'other' }, 'breaking', 'OPERATION_RENAMED', undefined],
    [
      'the tool moves',
      { http: { method: 'POST', path: '/v2/notebooks' } },
      'breaking',
      'ADDRESS_CHANGED',
      undefined,
    ],
    ['the tool is deprecated', { deprecated: { since: '1.0.1' } }, 'additive', 'DEPRECATED', undefined],
    ['the tool is described otherwise', { summary: 'Other' }, 'documentation', 'TEXT_CHANGED', undefined],
  ])('%s', (_name, change, kind, code, place) => {
    const { changes } = diff(change);
    expect(changes).toEqual([
      {
        kind,
        code,
        operation: 'open_notebook',
        ...(place === undefined ? {} : { place }),
        message: expect.any(String),
        // Whoever switches on the values of an output is told of a new one.
        ...(code === 'ENUM_WIDENED' && place?.startsWith('output.')
          ? { warning: expect.stringContaining('new ones') }
          : {}),
      },
    ]);
  });

  test.each([
    ['input', [{ type: 'null' }, { type: 'string' }], []],
    ['input', [{ type: 'null' }, { type: 'integer' }, { type: 'string' }], ['additive']],
    ['input', [{ type: 'string' }], ['breaking']],
    ['output', [{ type: 'null' }, { type: 'integer' }, { type: 'string' }], ['breaking']],
    ['output', [{ type: 'string' }], ['additive']],
    ['input', [{ type: 'string', maxLength: 9 }, { type: 'null' }], ['breaking']],
  ] as const)('in the branches of an %s: %j', (side, branches, kinds) => {
    const change = (anyOf: readonly unknown[]) =>
      side === 'input' ? input('any', { anyOf }) : output('any', { anyOf });
    const before = document([tool(change([{ type: 'string' }, { type: 'null' }]))]);
    const { changes } = diffOpenapi(before, document([tool(change(branches))]));
    expect(changes.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('also when the field moves into the path', () => {
    const { changes } = diff({ http: { method: 'POST', path: '/v1/notebooks/{name}' } });
    expect(changes.map(({ code }) => code)).toEqual(['ADDRESS_CHANGED', 'FIELD_MOVED']);
  });

  test('and in the documents for Coze', () => {
    for (const profile of ['coze', 'local'] as const) {
      expect(diff({ input: without(INPUT, 'tags') }, profile).changes).toMatchObject([
        { kind: 'breaking', code: 'FIELD_REMOVED', operation: 'open_notebook', place: 'input.tags' },
      ]);
      expect(
        diff(
          input('tags', { ...((INPUT.properties as Schema).tags as Schema), 'x-global-disable': true }),
          profile,
        ).changes,
      ).toMatchObject([{ code: 'FIELD_REMOVED', place: 'input.tags' }]);
    }
  });

  test('or none', () => {
    expect(diff({}).changes).toEqual([]);
    expect(diff({}).needed).toBeUndefined();
    // The order of keys means nothing.
    const { properties, ...rest } = INPUT;
    const reversed = Object.fromEntries(Object.entries(properties as Schema).reverse());
    expect(diff({ input: { properties: reversed, ...rest } }).changes).toEqual([]);
  });
});

describe('a release', () => {
  const removed = { input: without(INPUT, 'tags') };

  test.each([
    ['1.0.0', false, 'none'],
    ['1.0.1', false, 'patch'],
    ['1.1.0', false, 'minor'],
    ['2.0.0', true, 'major'],
    ['2.0.0-beta.1', true, 'major'],
    ['0.9.0', false, 'lower'],
    ['new', false, 'unknown'],
  ])('%s that removes something is allowed: %s', (version, isAllowed, bump) => {
    const found = diff(removed, 'coze', version);
    expect(found).toMatchObject({
      isAllowed,
      versions: { from: '1.0.0', to: version, bump },
      needed: '2.0.0',
    });
    expect(found.counts).toEqual({ breaking: 1, additive: 0, documentation: 0 });
  });

  test('that adds or explains is always allowed', () => {
    expect(diff(input('note', { type: 'string' }))).toMatchObject({ isAllowed: true, needed: '1.1.0' });
    expect(diff({ summary: 'Other' })).toMatchObject({ isAllowed: true, needed: '1.0.1' });
  });

  test('that adds and removes tools', () => {
    const other = tool({ name: 'other', http: { method: 'POST', path: '/v1/other' } });
    const third = tool({ name: 'third', http: { method: 'POST', path: '/v1/third' } });
    const found = diffOpenapi(document([tool(), other]), document([tool(), third]));
    expect(found.changes).toMatchObject([
      { kind: 'breaking', code: 'OPERATION_REMOVED', operation: 'other' },
      { kind: 'additive', code: 'OPERATION_ADDED', operation: 'third' },
    ]);
  });
});

test('a schema that contains itself is compared', () => {
  const tree = (extra: Schema) => ({
    openapi: '3.1.0',
    info: { title: 'T', version: '1.0.0' },
    paths: {
      '/t': {
        post: {
          operationId: 't',
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } } },
          responses: {
            '200': {
              description: '',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Tree: { type: 'object', properties: { left: { $ref: '#/components/schemas/Tree' }, ...extra } },
      },
    },
  });
  expect(diffOpenapi(tree({}), tree({})).changes).toEqual([]);
  const { changes } = diffOpenapi(tree({ value: { type: 'string' } }), tree({}));
  expect(changes.map(({ place }) => place)).toContain('output.value');
});
