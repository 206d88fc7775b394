import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalog } from '@cozecut/catalog';
import type { Plugin, Tool } from '@cozecut/manifest';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHost, type HostServices } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-host-'));
beforeAll(() => {
  writeFileSync(
    join(folder, 'handlers.ts'),
    `
    let running = 0;
    export const state = { most: 0 };
    export const echo = (input: unknown) => ({ got: input });
    export const wrong = () => ({ got: 5 });
    export const bug = () => { throw new TypeError('secret path /home/somebody/x'); };
    const odd = [{ toString: false }, Object.create(null), Symbol('s'), undefined, null, 1n, Object.assign(new Error(''), { code: { toString: false }, stack: { toString: false } })];
    export const odder = ({ size }: { size: number }) => { throw odd[size - 1]; };
    export const hang = () => new Promise(() => {});
    export const slow = async (_input: unknown, ctx: { signal: AbortSignal }) => {
      running += 1;
      state.most = Math.max(state.most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      ctx.signal.throwIfAborted();
      return { got: {} };
    };
    export const catalog = (_input: unknown, ctx: { catalog?: { search(query: object): { name: string }[] } }) => ({
      got: { names: ctx.catalog?.search({}).map(({ name }) => name) },
    });
    export const context = (_input: unknown, ctx: { mode: string; idempotencyKey?: string; progress(p: object): void; deployment: { name: string } }) => {
      ctx.progress({ phase: 'work', fraction: 0.5 });
      return { got: { mode: ctx.mode, key: ctx.idempotencyKey, deployment: ctx.deployment.name } };
    };
    `,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function tool(name: string, change: Partial<Tool> = {}): Tool {
  return {
    name,
    summary: name,
    description: { human: '', model: '' },
    handler: { kind: 'file', file: join(folder, 'handlers.ts'), export: name },
    http: { method: 'POST', path: `/v1/${name}` },
    input: {
      type: 'object',
      additionalProperties: false,
      properties: {
        text: { type: 'string', minLength: 1, default: 'hi' },
        list: { type: 'array', items: { type: 'integer' } },
        size: { type: 'integer', minimum: 1 },
      },
    },
    output: { type: 'object', required: ['got'], properties: { got: { type: 'object' } } },
    examples: [],
    errors: [],
    effects: { idempotent: false, writes: [] },
    timeoutMs: 5_000,
    concurrency: 4,
    maxInputBytes: 1_000,
    modes: ['cloud', 'manual'],
    runsOn: 'server',
    enabled: true,
    retries: 0,
    progress: false,
    location: { file: 'plugin.yaml', start: { line: 7, column: 3 } },
    ...change,
  };
}

const logged: unknown[] = [];
const log = (message: string, fields?: Record<string, unknown>) => void logged.push({ message, ...fields });
const services = {
  log: { debug: log, info: log, warn: log, error: log },
  fetch,
  drafts: {} as HostServices['drafts'],
  localRoots: [],
  cacheFolder: '',
  uuid: () => crypto.randomUUID(),
  now: Date.now,
} satisfies HostServices;

const host = (...tools: Tool[]) =>
  createHost({
    plugin: { folder, file: 'plugin.yaml', tools, deployment: { name: 'local' } } as unknown as Plugin,
    services,
  });
const call = (one: Tool, input: unknown = {}) => host(one).call(one.name, input, { mode: 'manual' });

test('the input is completed by the defaults of the schema, and the caller keeps its own object', async () => {
  const input = { size: 3 };
  expect(await call(tool('echo'), input)).toEqual({ ok: true, output: { got: { text: 'hi', size: 3 } } });
  expect(input).toEqual({ size: 3 });
});

test('what Coze sends for empty fields counts as left out, JSON text counts as what it holds', async () => {
  const result = await call(tool('echo'), { text: '', list: '[1,2]', size: '7' });
  expect(result).toEqual({ ok: true, output: { got: { text: 'hi', list: [1, 2], size: 7 } } });
  expect(await call(tool('echo'), { list: null, size: '' })).toMatchObject({
    output: { got: { text: 'hi' } },
  });
});

describe('a value is read as people and other programs write it', () => {
  const properties = {
    flag: { type: 'boolean' },
    size: { type: 'integer' },
    at: { type: 'integer', 'x-unit': 'us' },
    share: { type: 'number' },
    side: { type: 'string', enum: ['left', '0', '1'] },
    color: { type: 'string', pattern: '^#[0-9A-Fa-f]{6}$', 'x-names': 'color' },
    ids: { type: 'array', items: { type: 'string' } },
    sizes: { type: 'array', items: { type: 'integer' } },
  };
  const taking = tool('echo', {
    input: {
      type: 'object',
      properties: { ...properties, inner: { type: 'object', additionalProperties: false, properties } },
    },
  });

  test.each<object[]>([
    ...[1, '1', 'True', 'YES', 'on', ' y '].map((flag) => [{ flag }, { flag: true }]),
    ...[0, '0', 'FALSE', 'no', 'Off', 'f'].map((flag) => [{ flag }, { flag: false }]),
    ...['7', ' 7 ', '+7', '007', '7.0', '7e0'].map((size) => [{ size }, { size: 7 }]),
    [{ size: '-07' }, { size: -7 }],
    [{ share: '00.5' }, { share: 0.5 }],
    [{ at: 1_000_000.9 }, { at: 1_000_000 }],
    [{ at: '3333333.33' }, { at: 3_333_333 }],
    [{ side: 1 }, { side: '1' }],
    [{ side: 'left' }, { side: 'left' }],
    ...['ff8800', '#ff8800', ' #ff8800 ', 'f80', '#f80'].map((color) => [{ color }, { color: '#ff8800' }]),
    [{ color: '' }, {}],
    [{ ids: 'one' }, { ids: ['one'] }],
    [{ inner: { flag: 'true', color: '#ABC', at: null } }, { inner: { flag: true, color: '#AABBCC' } }],
  ])('%j is %j', async (input, got) => {
    expect(await call(taking, input)).toEqual({ ok: true, output: { got } });
  });

  test.each([
    [{ flag: 2 }, 'flag'],
    [{ flag: 'maybe' }, 'flag'],
    [{ size: '1.5' }, 'size'],
    [{ size: 1.5 }, 'size'],
    [{ size: true }, 'size'],
    [{ at: 2.5 }, 'at'],
    [{ at: '1200.5' }, 'at'],
    [{ side: 2 }, 'side'],
    [{ side: 'up' }, 'side'],
    [{ color: 'white-ish' }, 'color'],
    [{ color: '#ff' }, 'color'],
    [{ ids: '["one"' }, 'ids'],
    [{ sizes: 'one' }, 'sizes'],
  ])('%j is refused', async (input, place) => {
    expect(await call(taking, input)).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID', message: expect.stringContaining(place) },
    });
  });
});

describe('an integer that no number holds is not another one', () => {
  const long = '7400000000000000123';
  const integer = { type: 'integer' };
  const properties = {
    id: { type: 'string' },
    whole: integer,
    any: { type: 'number' },
    wholes: { type: 'array', items: integer },
    inner: { type: 'object', properties: { id: { type: 'string' }, whole: integer } },
  };
  const taking = tool('echo', { input: { type: 'object', properties } });

  test.each([
    ['in a field for text', { inner: `{"id":${long}}` }, { inner: { id: long } }],
    ['in a field that may have a fraction', { any: long }, { any: Number(long) }],
    ['as the largest that is held', { whole: '9007199254740991' }, { whole: 9007199254740991 }],
  ])('%s it is taken', async (_, input, got) => {
    expect(await call(taking, input)).toEqual({ ok: true, output: { got } });
  });

  test.each([
    [{ whole: long }, 'whole'],
    [{ whole: '-9007199254740993' }, 'whole'],
    [{ wholes: [long] }, 'wholes[0]'],
    [{ wholes: `[1,${long}]` }, 'wholes[1]'],
    [{ inner: `{"whole":${long}}` }, 'inner.whole'],
    [{ any: '1e400' }, 'any'],
  ])('%j is refused', async (input, place) => {
    expect(await call(taking, input)).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID', message: expect.stringContaining(place) },
    });
  });
});

describe('a list of objects', () => {
  const items = {
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: { type: 'string' },
      size: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
    },
  };
  const listing = tool('echo', { input: { type: 'object', properties: { list: { type: 'array', items } } } });
  const one = [{ name: 'a' }, { name: 'b[]"' }];
  const [first, second] = one.map((item) => JSON.stringify(item));

  test.each([
    ['itself', one],
    ['JSON text', JSON.stringify(one)],
    ['the text of each item', [first, second]],
    ['a list around the list', [one]],
    ['a list around its text', [JSON.stringify(one)]],
    ['several lists in one text', `[${first}] [${second}]`],
    ['a fenced block', `\`\`\`json\n${JSON.stringify(one, null, 2)}\n\`\`\``],
    [
      'members that are not set',
      [
        { name: 'a', size: null, tags: null },
        { name: 'b[]"', size: '' },
      ],
    ],
  ])('is read from %s', async (_, list) => {
    expect(await call(listing, { list })).toEqual({ ok: true, output: { got: { list: one } } });
  });

  test.each([
    ['a text that is none', 'a|b'],
    ['a list in a list in a list', [[one]]],
    ['a list that has no end', `[${first}`],
    ['text behind the list', `[${first}] and more`],
    ['an object', first],
    ['a required member that is not set', [{ name: null }]],
  ])('is not made of %s', async (_, list) => {
    expect(await call(listing, { list })).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
  });

  test('inside of a list is read as well', async () => {
    const list = [{ name: 'a', tags: '["x"]' }];
    expect(await call(listing, { list })).toMatchObject({ output: { got: { list: [{ tags: ['x'] }] } } });
  });
});

test('every mistake in the input is named, with its place', async () => {
  const result = await call(tool('echo'), { lst: 1, size: 0, list: [1, 'x'] });
  expect(result).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
  if (result.ok) return;
  expect(result.error.problems.map((problem) => problem.message).toSorted()).toEqual([
    'list[1] must be a whole number (got "x")',
    'size must be >= 1 (got 0)',
    'unknown key "lst" in the input',
  ]);
});

test('a handler gets the catalog of the host, when it has one', async () => {
  const one = tool('catalog');
  const row = { app: 'jianying', kind: 'filter', name: '冷秋', resourceId: '1', effectId: '1' } as const;
  const withCatalog = createHost({
    plugin: host(one).plugin,
    services: { ...services, catalog: createCatalog([{ ...row, origin: 'built-in' }]) },
  });
  expect(await withCatalog.call('catalog', {}, { mode: 'manual' })).toEqual({
    ok: true,
    output: { got: { names: ['冷秋'] } },
  });
  expect(await call(one)).toEqual({ ok: true, output: { got: {} } });
});

test.each([
  ['an output against the schema', tool('wrong'), {}, 'OUTPUT_INVALID'],
  ['too large an input', tool('echo'), { text: 'x'.repeat(2_000) }, 'INPUT_TOO_LARGE'],
  [
    'an input that is longer than a text as JSON',
    tool('echo'),
    { text: '\0'.repeat(100_000_000) },
    'INPUT_TOO_LARGE',
  ],
  ['a mode that the tool does not have', tool('echo', { modes: ['cloud'] }), {}, 'MODE_NOT_ALLOWED'],
  ['a tool that is switched off', tool('echo', { enabled: false }), {}, 'TOOL_UNKNOWN'],
  ['a handler that never ends', tool('hang', { timeoutMs: 20 }), {}, 'DEADLINE_EXCEEDED'],
  [
    'an export that is not there',
    tool('echo', { handler: { kind: 'file', file: join(folder, 'handlers.ts'), export: 'nope' } }),
    {},
    'HANDLER_NOT_LOADED',
  ],
])('%s is a typed error', async (_name, one, input, code) => {
  expect(await call(one, input)).toMatchObject({ ok: false, error: { code } });
});

test('an input may have as many bytes as it says, whatever it is made of', async () => {
  const any = { type: 'object' } as const;
  const one = tool('echo', { input: any, maxInputBytes: 200 });
  const hosted = host(one);
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), async (input) => {
      const result = await hosted.call('echo', input, { mode: 'manual' });
      const isTooLarge = Buffer.byteLength(JSON.stringify(input)) > 200;
      expect(result.ok ? 'ok' : result.error.code).toBe(isTooLarge ? 'INPUT_TOO_LARGE' : 'ok');
    }),
  );
  for (const sign of ['x', '鱼', '\u0000', '\ud800', '"']) {
    const text = sign.repeat(30);
    const bytes = Buffer.byteLength(JSON.stringify({ text }));
    const exact = tool('echo', { maxInputBytes: bytes });
    expect(await call(exact, { text })).toMatchObject({ ok: true });
    expect(await call({ ...exact, maxInputBytes: bytes - 1 }, { text })).toMatchObject({
      error: { code: 'INPUT_TOO_LARGE' },
    });
  }
});

test('a fault inside a handler is logged, and its text does not reach the caller', async () => {
  logged.length = 0;
  const result = await call(tool('bug'));
  expect(result).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(JSON.stringify(result)).not.toContain('/home/somebody/x');
  expect(JSON.stringify(logged)).toContain('/home/somebody/x');
});

test.each([1, 2, 3, 4, 5, 6, 7])(
  'whatever a handler throws, the call has a result: odd thing %i',
  async (size) => {
    logged.length = 0;
    expect(await call(tool('odder'), { size })).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(logged).not.toEqual([]);
  },
);

test('a caller that goes away ends the call', async () => {
  const controller = new AbortController();
  const one = tool('hang');
  const result = host(one).call('hang', {}, { mode: 'manual', signal: controller.signal });
  controller.abort();
  expect(await result).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
});

test('calls beyond the concurrency wait for their turn', async () => {
  const one = tool('slow', { concurrency: 2 });
  const both = host(one);
  const results = await Promise.all(
    Array.from({ length: 7 }, () => both.call('slow', {}, { mode: 'manual' })),
  );
  expect(results.every((result) => result.ok)).toBe(true);
  const { state } = await import(join(folder, 'handlers.ts'));
  expect(state.most).toBe(2);
});

test('a call that waits for its turn still has its deadline', async () => {
  const one = tool('hang', { concurrency: 1, timeoutMs: 30 });
  const busy = host(one);
  const results = await Promise.all([1, 2, 3].map(() => busy.call('hang', {}, { mode: 'manual' })));
  expect(results.map((result) => !result.ok && result.error.code)).toEqual(
    Array(3).fill('DEADLINE_EXCEEDED'),
  );
});

test('a handler gets its context and reports progress', async () => {
  const progress: unknown[] = [];
  const result = await host(tool('context')).call(
    'context',
    {},
    {
      mode: 'cloud',
      idempotencyKey: 'k1',
      onProgress: (step) => progress.push(step),
    },
  );
  expect(result).toEqual({ ok: true, output: { got: { mode: 'cloud', key: 'k1', deployment: 'local' } } });
  expect(progress).toEqual([{ phase: 'work', fraction: 0.5 }]);
});

test('a handler that is code gets no hold of secrets and workflows', async () => {
  writeFileSync(
    join(folder, 'ports.ts'),
    'export const keys = (_input: unknown, context: object) => ({ got: { keys: Object.keys(context) } });',
  );
  const one = tool('keys', { handler: { kind: 'file', file: join(folder, 'ports.ts'), export: 'keys' } });
  const plugin = { folder, file: 'plugin.yaml', tools: [one], deployment: {} } as unknown as Plugin;
  const ports = {
    secret: () => 'value',
    programEnv: { PATH: '/bin' },
    workflows: { run: async () => ({ data: 1 }) },
  };
  const result = await createHost({ plugin, services: { ...services, ...ports } }).call(
    'keys',
    {},
    { mode: 'manual' },
  );
  const { keys } = (result as { output: { got: { keys: string[] } } }).output.got;
  expect(keys).toContain('fetch');
  expect(keys.filter((key) => key in ports)).toEqual([]);
});

test('an app may bring the module of a handler itself', async () => {
  const asked: string[] = [];
  const importModule = async (address: string) => {
    asked.push(address);
    return { echo: () => ({ got: { from: 'the app' } }) };
  };
  const plugin = { folder, file: 'plugin.yaml', tools: [tool('echo')], deployment: {} } as unknown as Plugin;
  const { call } = createHost({ plugin, services: { ...services, importModule } });
  expect(await call('echo', {}, { mode: 'manual' })).toEqual({
    ok: true,
    output: { got: { from: 'the app' } },
  });
  expect(asked).toEqual([expect.stringMatching(/^file:.*handlers\.ts$/)]);
});

test('an unknown tool suggests the close one', async () => {
  const result = await host(tool('echo')).call('ecoh', {}, { mode: 'manual' });
  expect(result).toMatchObject({ ok: false, error: { code: 'TOOL_UNKNOWN', hint: 'did you mean "echo"?' } });
});

test('preload finds a broken handler before the first call', async () => {
  const broken = tool('echo', { handler: { kind: 'file', file: join(folder, 'none.ts'), export: 'x' } });
  await expect(host(broken).preload()).rejects.toMatchObject({ code: 'HANDLER_NOT_LOADED' });
});

test('an installed plugin runs the build of its sources', async () => {
  const installed = join(folder, 'node_modules', 'plugin-x');
  mkdirSync(join(installed, 'src'), { recursive: true });
  mkdirSync(join(installed, 'dist'));
  writeFileSync(join(installed, 'package.json'), '{"type": "module"}');
  writeFileSync(
    join(installed, 'src', 'a.ts'),
    'export const echo = (): { got: object } => ({ got: { from: "src" } });',
  );
  writeFileSync(join(installed, 'dist', 'a.js'), 'export const echo = () => ({ got: { from: "dist" } });');
  const one = tool('echo', {
    handler: { kind: 'file', file: join(installed, 'src', 'a.ts'), export: 'echo' },
  });
  const plugin = {
    folder: installed,
    file: 'plugin.yaml',
    tools: [one],
    deployment: {},
  } as unknown as Plugin;
  const result = await createHost({ plugin, services }).call('echo', {}, { mode: 'manual' });
  expect(result).toEqual({ ok: true, output: { got: { from: 'dist' } } });
});

test('a prototype key in the input is refused like any unknown key', async () => {
  const result = await call(tool('echo'), JSON.parse('{"__proto__": {"text": "x"}}'));
  expect(result).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
});
