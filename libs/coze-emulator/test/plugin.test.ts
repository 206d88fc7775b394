import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  callTool,
  type PluginFiles,
  type PluginProblem,
  type PluginServices,
  registerPlugin,
  shownTools,
  type TrimMode,
} from '../src/index.ts';
import { client, start } from './support.ts';

const ok = (properties: object) => ({
  200: { description: '', content: { 'application/json': { schema: { type: 'object', properties } } } },
});
const text = { type: 'string' };
const DOCUMENT = {
  openapi: '3.0.1',
  info: { title: 't', version: 'v1', description: 'd' },
  servers: [{ url: 'https://plugin.test' }],
  components: {
    schemas: {
      Point: { type: 'object', properties: { x: { type: 'integer' }, y: { type: 'integer', default: 7 } } },
    },
  },
  paths: {
    '/items/{id}': {
      get: {
        operationId: 'get_item',
        summary: 'Gets an item',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: text },
          { name: 'q', in: 'query', schema: text },
          { name: 'tags', in: 'query', schema: { type: 'array', items: text } },
          { name: 'size', in: 'query', schema: { type: 'integer', default: 20 } },
          { name: 'X-Trace', in: 'header', schema: text },
        ],
        requestBody: {
          content: { 'application/json': { schema: { type: 'object', properties: { never: text } } } },
        },
        responses: ok({
          id: text,
          count: { type: 'integer' },
          tags: { type: 'array', items: text },
          secret: { ...text, 'x-global-disable': true },
        }),
      },
    },
    '/items': {
      post: {
        operationId: 'make_item',
        summary: 'Makes an item',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: text,
                  count: { type: 'integer' },
                  on: { type: 'boolean' },
                  mode: { type: 'string', default: 'fast' },
                  user: { type: 'string', 'x-variable-ref': 'user_name', default: 'nobody' },
                  hidden: { type: 'string', 'x-global-disable': true, default: 'kept' },
                  point: { $ref: '#/components/schemas/Point' },
                  points: { type: 'array', items: { $ref: '#/components/schemas/Point' } },
                  picture: { type: 'string', 'x-assist-type': 'image' },
                },
              },
            },
          },
        },
        responses: ok({
          ok: { type: 'boolean' },
          list: { type: 'array', items: { type: 'object', properties: { a: text } } },
          free: { type: 'object' },
        }),
      },
    },
  },
};
const MANIFEST = {
  schema_version: 'v1',
  name_for_model: 'items',
  auth: {
    type: 'service_http',
    sub_type: 'token/api_key',
    payload: '{"key":"Authorization","service_token":"Bearer s3","location":"Header"}',
  },
  common_params: {
    header: [{ name: 'User-Agent', value: 'Coze/1.0' }],
    query: [{ name: 'from', value: 'coze' }],
    body: [
      { name: 'unknown', value: 'x' },
      { name: 'mode', value: 'slow' },
    ],
    path: [],
  },
};
const FILES: PluginFiles = { openapi: JSON.stringify(DOCUMENT), aiPlugin: JSON.stringify(MANIFEST) };
const services = (...problems: PluginProblem[]): PluginServices => ({
  lint: (_, file) => (file === 'openapi' ? problems : []),
  parse: JSON.parse,
});
const plugin = (manifest: object = {}) =>
  registerPlugin({ ...FILES, aiPlugin: JSON.stringify({ ...MANIFEST, ...manifest }) }, services());

interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  names: string[];
  body: string;
}
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A plugin server that answers what it is told and remembers the request. */
async function server(answer: string, status = 200) {
  const seen: Seen[] = [];
  const http = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    const names = req.rawHeaders.filter((_, index) => index % 2 === 0);
    seen.push({ method: req.method!, url: req.url!, headers: req.headers, names, body });
    res.writeHead(status, { location: '/elsewhere' }).end(answer);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closing.push(() => http.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, seen };
}

describe('registering', () => {
  const problem = (change: Partial<PluginProblem>): PluginProblem => ({
    code: 'CZ1',
    severity: 'error',
    message: 'ours',
    ...change,
  });

  test.each([
    [{ stage: 'import', predicted: 'summary is required' }, 'summary is required'],
    [{ stage: 'crash' }, 'ours'],
    [{}, 'ours'],
  ])('an error %o refuses it with the number and the words', (change, words) => {
    expect(() => registerPlugin(FILES, services(problem(change)))).toThrow(
      expect.objectContaining({
        code: 109000003,
        message: `[109000003] invalid plugin openapi3 document : ${words}`,
      }),
    );
  });

  test('warnings and what breaks later are kept', () => {
    const problems = [problem({ severity: 'warning', stage: 'import' }), problem({ stage: 'run' })];
    expect(registerPlugin(FILES, services(...problems)).problems).toEqual(problems);
  });

  const panic = {
    stage: 'crash',
    predicted: 'panic: interface conversion: interface {} is string, not bool',
  };

  test.each([[{ stage: 'tools', predicted: "the format 'int64' of field 'x' is invalid" }], [panic]])(
    'an error %o lets it in, and its tools cannot be listed',
    async (change) => {
      const broken = services(problem(change));
      const registered = registerPlugin(FILES, broken);
      expect(registered.problems).toMatchObject([change]);
      const refusal = expect.objectContaining({ code: 500, message: change.predicted });
      expect(() => shownTools(registered)).toThrow(refusal);
      const { json } = client(await start({ plugins: broken }));
      const files = { ai_plugin: FILES.aiPlugin, openapi: FILES.openapi };
      const { code, data } = await json('POST', '/api/plugin_api/register', files);
      expect(code).toBe(0);
      const body = { plugin_id: data.plugin_id, page: 1, size: 10 };
      const listed = await json('POST', '/api/plugin_api/get_plugin_apis', body);
      expect(listed).toMatchObject({ code: 500, msg: change.predicted });
    },
  );

  test('the list over HTTP has the tools page by page', async () => {
    const { json } = client(await start({ plugins: services() }));
    const files = { ai_plugin: FILES.aiPlugin, openapi: FILES.openapi };
    const { data } = await json('POST', '/api/plugin_api/register', files);
    const list = (body: object) => json('POST', '/api/plugin_api/get_plugin_apis', body);
    expect(await list({ plugin_id: data.plugin_id, page: 2, size: 1 })).toMatchObject({
      code: 0,
      total: 2,
      api_info: [{ name: 'make_item', desc: 'Makes an item', method: 'POST', path: '/items' }],
    });
    expect((await list({ plugin_id: data.plugin_id })).api_info).toHaveLength(2);
    expect((await list({ plugin_id: { toString: false } })).code).toBe(4000);
  });

  test('a switch of an answer that is text breaks the call, and neither the import nor the list', async () => {
    const openapi = FILES.openapi.replaceAll('"x-global-disable":true', '"x-global-disable":"true"');
    const odd = registerPlugin({ ...FILES, openapi }, services());
    const call = async (answer: string) => {
      const { url } = await server(answer);
      return callTool(odd, 'get_item', { id: '1' }, { serverUrl: url });
    };
    await expect(call('{"secret":"s"}')).rejects.toMatchObject({ code: 500, message: panic.predicted });
    expect((await call('{"id":"1"}')).output).toEqual({ id: '1' });
  });

  test('the route answers like the service', async () => {
    const files = { ai_plugin: FILES.aiPlugin, openapi: FILES.openapi };
    const register = async (plugins?: PluginServices) =>
      client(await start(plugins ? { plugins } : {})).json('POST', '/api/plugin_api/register', files);
    expect(await register(services())).toMatchObject({ code: 0, data: { plugin_id: expect.any(String) } });
    expect((await register(services(problem({ stage: 'import' })))).code).toBe(109000003);
    expect((await register()).code).toBe(5000);
    const convert = (said: { ok: boolean; format: string | null; message: string | null }) => ({
      ...services(),
      convert: () => said,
    });
    const ask = async (said: Parameters<typeof convert>[0]) =>
      client(await start({ plugins: convert(said) })).json('POST', '/api/plugin_api/convert_to_openapi', {
        data: 'x',
      });
    expect(await ask({ ok: true, format: 'openapi', message: null })).toMatchObject({
      code: 0,
      plugin_data_format: 'openapi',
    });
    expect(await ask({ ok: false, format: null, message: 'invalid schema' })).toMatchObject({
      msg: 'internal server error',
    });
    expect(await ask({ ok: false, format: 'openapi', message: '[109000003] no' })).toMatchObject({
      code: 109000003,
    });
  });

  test('and what was registered over HTTP is called over HTTP', async () => {
    const emulator = await start({ plugins: services() });
    const files = { ai_plugin: FILES.aiPlugin, openapi: FILES.openapi };
    const { data } = await client(emulator).json('POST', '/api/plugin_api/register', files);
    const { url: serverUrl } = await server('{"id":"7","more":1}');
    const call = async (body: object) => {
      const response = await fetch(`${emulator.url}/__emu/call`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      return response.json();
    };
    const wanted = { pluginId: data.plugin_id, operation: 'get_item', args: { id: '7' }, serverUrl };
    expect(await call(wanted)).toMatchObject({ output: { id: '7' } });
    expect(await call({ ...wanted, args: {} })).toMatchObject({ code: 109000009 });
    expect(await call({ ...wanted, pluginId: '0' })).toMatchObject({ code: 4000 });
    expect(emulator.plugin(data.plugin_id)?.name).toBe('items');
  });

  test('the model sees names, summaries, and nothing that is hidden', () => {
    const [get, make] = shownTools(plugin());
    expect(get).toMatchObject({ name: 'get_item', description: 'Gets an item' });
    expect(Object.keys(get!.parameters.properties!)).toEqual(['never', 'id', 'q', 'size', 'X-Trace']);
    expect(Object.keys(make!.parameters.properties!)).not.toContain('hidden');
  });
});

describe('a call', () => {
  test('GET: raw path, blanks for what is missing, repeated keys, defaults, headers as Go writes them, no body', async () => {
    const { url, seen } = await server('{"id":"1"}');
    await callTool(
      plugin(),
      'get_item',
      { id: 'a b', tags: ['x', 'y'], never: 'n', other: 1 },
      {
        serverUrl: url,
        userId: 'u1',
        conversationId: 'c1',
        logId: 'log-1',
      },
    );
    const [request] = seen;
    expect(request?.url).toBe('/items/a%20b?q=&tags=x&tags=y&size=20&from=coze');
    expect(request?.headers).toMatchObject({
      'x-tt-logid': 'log-1',
      'x-aiplugin-connector-identifier': 'u1',
      'x-aiplugin-conversation-id': 'c1',
      'user-agent': 'Coze/1.0',
      authorization: 'Bearer s3',
      'content-type': 'application/json',
      'x-trace': '',
    });
    expect(request?.names).toEqual(expect.arrayContaining(['X-Tt-Logid', 'X-Aiplugin-Connector-Identifier']));
    expect(request?.headers).not.toHaveProperty('x-aiplugin-bot-id');
    expect(request?.body).toBe('');
  });

  test('a path value with a slash or a question mark changes the address', async () => {
    const { url, seen } = await server('{}');
    await callTool(plugin(), 'get_item', { id: 'a/b?c=1' }, { serverUrl: url });
    expect(seen[0]?.url).toMatch(/^\/items\/a\/b\?c=1&/);
  });

  test('POST: coerced, defaults also inside objects but not inside lists, variables, hidden ones, files', async () => {
    const { url, seen } = await server('{}');
    const args = {
      name: 5,
      count: 'many',
      on: 'true',
      hidden: 'from the model',
      points: [{ x: '3', more: 1 }],
      picture: 'tos://a.png',
    };
    const options = {
      serverUrl: url,
      variables: { user_name: 'Ann' },
      fileUrl: () => 'https://cdn.test/a.png',
    };
    await callTool(plugin(), 'make_item', JSON.stringify(args), options);
    expect(JSON.parse(seen[0]!.body)).toEqual({
      name: '5',
      count: 0,
      on: true,
      mode: 'slow',
      user: 'Ann',
      hidden: 'kept',
      point: { y: 7 },
      points: [{ x: 3, more: 1 }],
      picture: 'https://cdn.test/a.png',
    });
    await callTool(plugin(), 'make_item', args, { ...options, mode: 'error' });
    expect(JSON.parse(seen[1]!.body).picture).toBe('tos://a.png');
  });

  test('numbers of the arguments travel as they are written, and the body has the types that are declared', async () => {
    const { url, seen } = await server('{}');
    const long = '7400000000000000123';
    const body = async (args: string) => {
      await callTool(plugin(), 'make_item', args, { serverUrl: url });
      return seen.at(-1)!.body;
    };
    expect(await body(`{"name":${long},"count":${long}}`)).toMatch(`{"name":"${long}","count":${long},`);
    for (const [given, sent] of [
      ['1.0', '0'],
      ['1.5', '0'],
      ['1e3', '0'],
      ['"12"', '12'],
      ['"+12"', '12'],
      ['" 12"', '0'],
      ['-0', '0'],
      ['99999999999999999999', '9223372036854775807'],
      ['"-99999999999999999999"', '-9223372036854775808'],
    ]) {
      expect(await body(`{"name":"n","points":[{"x":${given}}]}`)).toContain(`"points":[{"x":${sent}}]`);
    }
    await callTool(plugin(), 'get_item', `{"id":${long},"size":1.0,"tags":[${long},1e3]}`, {
      serverUrl: url,
    });
    expect(seen.at(-1)?.url).toBe(`/items/${long}?q=&tags=${long}&tags=1e3&size=1.0&from=coze`);
  });

  test.each([
    [{ on: 'yes' }, 'on'],
    [{ on: 1 }, 'on'],
    [{ count: true }, 'count'],
    [{ points: { x: 1 } }, 'points'],
    [{ points: [null] }, 'points'],
    [{ points: [7] }, 'points'],
    [{ point: 7 }, 'point'],
  ])('%o cannot become what is declared, and nothing is sent', async (args, name) => {
    const { url, seen } = await server('{}');
    const called = callTool(plugin(), 'make_item', { name: 'n', ...args }, { serverUrl: url });
    await expect(called).rejects.toMatchObject({
      code: 109000009,
      message: expect.stringContaining(`'${name}'`),
    });
    expect(seen).toEqual([]);
  });

  test.each([
    ['make_item', {}, 'name'],
    ['get_item', {}, 'id'],
    ['make_item', '', 'JSON object'],
    ['nothing', {}, 'no tool nothing'],
  ])('%s with %o fails before a request', async (name, args, words) => {
    const { url, seen } = await server('{}');
    await expect(callTool(plugin(), name, args, { serverUrl: url })).rejects.toMatchObject({
      code: 109000009,
      message: expect.stringContaining(words),
    });
    expect(seen).toEqual([]);
  });

  test('an optional object that is missing is entered or skipped', async () => {
    const { url, seen } = await server('{}');
    const strict: object = JSON.parse(
      FILES.openapi.replace('"properties":{"x"', '"required":["x"],"properties":{"x"'),
    );
    const made = registerPlugin({ ...FILES, openapi: JSON.stringify(strict) }, services());
    const call = (options: object) =>
      callTool(made, 'make_item', { name: 'n' }, { serverUrl: url, ...options });
    await expect(call({})).rejects.toMatchObject({
      code: 109000009,
      message: expect.stringContaining("'x'"),
    });
    await call({ absentObjects: 'skip' });
    expect(JSON.parse(seen[0]!.body)).not.toHaveProperty('point');
    const options = { serverUrl: url, absentObjects: 'skip' as const };
    await callTool(plugin(), 'make_item', { name: 'n' }, options);
    expect(JSON.parse(seen[1]!.body).point).toEqual({ y: 7 });
  });

  test('a token in the query does not replace what is there; OAuth is a bearer token', async () => {
    const { url, seen } = await server('{}');
    const payload = JSON.stringify({ key: 'q', service_token: 'tok', location: 'query' });
    const inQuery = plugin({ auth: { type: 'service_http', sub_type: 'token/api_key', payload } });
    await callTool(inQuery, 'get_item', { id: '1', q: 'mine' }, { serverUrl: url });
    await callTool(inQuery, 'get_item', { id: '1' }, { serverUrl: url });
    expect(seen.map((request) => new URLSearchParams(request.url.split('?')[1]).getAll('q'))).toEqual([
      ['mine'],
      ['tok'],
    ]);
    const oauth = plugin({ auth: { type: 'oauth', sub_type: 'authorization_code' } });
    await callTool(oauth, 'get_item', { id: '1' }, { serverUrl: url, oauthToken: 'user' });
    expect(seen[2]?.headers.authorization).toBe('Bearer user');
    await expect(callTool(oauth, 'get_item', { id: '1' }, { serverUrl: url })).rejects.toThrow('authorized');
  });

  test.each([201, 204, 302, 400, 500])('status %i is a failure', async (status) => {
    const { url, seen } = await server(status === 204 ? '' : '{"id":"1"}', status);
    await expect(callTool(plugin(), 'get_item', { id: '1' }, { serverUrl: url })).rejects.toMatchObject({
      code: 109000009,
      message: expect.stringContaining(`http request failed, status=${status}`),
    });
    expect(seen).toHaveLength(1);
  });

  test('an answer that is no object is refused, a blank one is an empty object', async () => {
    for (const answer of ['[1]', '"x"', 'plain', 'null']) {
      const { url } = await server(answer);
      await expect(callTool(plugin(), 'get_item', { id: '1' }, { serverUrl: url })).rejects.toMatchObject({
        code: 109000009,
        message: `response is not object, raw response=${answer}`,
      });
    }
    const { url } = await server('');
    expect((await callTool(plugin(), 'get_item', { id: '1' }, { serverUrl: url })).output).toEqual({});
  });
});

describe('an answer is cut down to its schema', () => {
  const ITEM = { id: 5, count: 1.5, tags: ['a', null, 2], secret: 's', more: true };

  test.each([
    ['default', { id: '', count: 0, tags: ['a', '', ''] }],
    ['raw', { id: 5, count: 1.5, tags: ['a', null, 2] }],
  ] as const)('mode %s', async (mode, output) => {
    const { url } = await server(JSON.stringify(ITEM));
    expect((await callTool(plugin(), 'get_item', { id: '1' }, { serverUrl: url, mode })).output).toEqual(
      output,
    );
  });

  test.each([
    [{ id: 5 }, 'id', 'string', 'json.Number'],
    [{ id: null }, 'id', 'string', '<nil>'],
    [{ count: '1' }, 'count', 'integer', 'string'],
    [{ count: 1.5 }, 'count', 'integer', 'json.Number'],
    [{ tags: {} }, 'tags', 'array', 'map[string]interface {}'],
    [{ tags: [true] }, 'tags', 'string', 'bool'],
    [{ id: [] }, 'id', 'string', '[]interface {}'],
  ])('mode error says what it expected of %o', async (answer, name, type, got) => {
    const { url } = await server(JSON.stringify(answer));
    await expect(
      callTool(plugin(), 'get_item', { id: '1' }, { serverUrl: url, mode: 'error' }),
    ).rejects.toMatchObject({
      code: 109000009,
      message: `expected '${name}' to be of type '${type}', but got '${got}'`,
    });
  });

  const NUMBERS = {
    type: 'object',
    properties: {
      whole: { type: 'integer' },
      any: { type: 'number' },
      text: { type: 'string' },
      list: { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
      inner: { type: 'object', properties: { list: { type: 'array', items: { type: 'number' } } } },
    },
  };
  const answered = async (answer: string, mode?: TrimMode) => {
    const { url } = await server(answer);
    const [tool] = plugin().tools;
    const made = { ...plugin(), tools: [{ ...tool!, response: NUMBERS }] };
    const options = { serverUrl: url, ...(mode && { mode }) };
    return JSON.stringify((await callTool(made, 'get_item', { id: '1' }, options)).output);
  };

  test.each([
    ['1', '1'],
    ['-12', '-12'],
    ['1.0', '0'],
    ['1e3', '0'],
    ['1E0', '0'],
    ['"1"', '0'],
    ['true', '0'],
    ['null', '0'],
    ['-0', '0'],
    ['9007199254740993', '9007199254740993'],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['9223372036854775808', '0'],
    ['-9223372036854775809', '0'],
    ['1e999', '0'],
  ])('an integer that is answered as %s is %s', async (given, got) => {
    expect(await answered(`{"whole":${given},"list":[[${given}]]}`)).toBe(
      `{"whole":${got},"list":[[${got}]]}`,
    );
  });

  test.each(['1.0', '1e3', '-0', '0.10', '7400000000000000123', '123456789.123456789012345', '1e999'])(
    'a number that is answered as %s passes literally, at every depth and in every mode',
    async (given) => {
      const answer = `{"any":${given},"inner":{"list":[${given},0]}}`;
      for (const mode of ['default', 'error', 'raw'] as const)
        expect(await answered(answer, mode)).toBe(answer);
    },
  );

  test('a number is no text, no object and no list', async () => {
    const big = '7400000000000000123';
    expect(await answered(`{"text":${big},"inner":${big},"list":[${big},[1],null]}`)).toBe(
      '{"text":"","list":[[1]],"inner":null}',
    );
    expect(await answered(`{"list":[${big}]}`, 'raw')).toBe(`{"list":[${big}]}`);
  });

  test('and over HTTP', async () => {
    const emulator = await start({ plugins: services() });
    const files = { ai_plugin: FILES.aiPlugin, openapi: FILES.openapi };
    const { data } = await client(emulator).json('POST', '/api/plugin_api/register', files);
    const { url: serverUrl, seen } = await server('{"count":7400000000000000123}');
    const wanted = JSON.stringify({ pluginId: data.plugin_id, operation: 'get_item', serverUrl });
    const body = wanted.replace(/}$/, ',"args":{"id":7400000000000000999}}');
    const response = await fetch(`${emulator.url}/__emu/call`, { method: 'POST', body });
    expect(await response.text()).toContain('"output":{"count":7400000000000000123}');
    expect(seen[0]?.url).toContain('/items/7400000000000000999?');
  });

  test('lists of objects lose null, undeclared objects come out empty, missing keys stay missing', async () => {
    const { url } = await server(JSON.stringify({ list: [{ a: 'x', b: 1 }, null], free: { any: 1 } }));
    const { output, raw } = await callTool(plugin(), 'make_item', { name: 'n' }, { serverUrl: url });
    expect(output).toEqual({ list: [{ a: 'x' }], free: {} });
    expect(raw).toContain('any');
  });
});
