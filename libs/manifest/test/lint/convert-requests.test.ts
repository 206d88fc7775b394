import { describe, expect, test } from 'vitest';
import { convertToOpenapi, predictConvert } from '../../src/lint/index.ts';

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean; schema: { type: string } }[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
}
interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
}

const verdict = (text: string) => {
  const { format, ok, stage, message } = predictConvert(text);
  return [format, ok, stage, message];
};
const documentOf = (text: string) => convertToOpenapi(text) as Document;
const parameters = ({ parameters = [] }: Operation) =>
  parameters.map(
    ({ name, in: place, required, schema }) => `${place} ${name} ${schema.type}${required ? '!' : ''}`,
  );

describe('a curl command', () => {
  const only = (text: string) => {
    const [[path, methods]] = Object.entries(documentOf(text).paths) as [[string, Record<string, Operation>]];
    const [[method, operation]] = Object.entries(methods) as [[string, Operation]];
    return { path, method, operation };
  };

  test('becomes one tool', () => {
    const text = `curl -X POST 'https://api.example.com/v1/notes?draft=1&tag=a' \
  -H "Content-Type: application/json; charset=utf-8" \
  -H 'X-Team: red' -A agent -e https://example.com -b 'a=b' \
  -d '{"title": "it\\u0027s", "size": 3, "rate": 0.5, "tags": ["a"], "deep": {"ok": true}, "none": null}'`;
    expect(verdict(text)).toEqual(['curl', true, null, null]);
    const { path, method, operation } = only(text);
    expect([path, method]).toEqual(['/v1/notes', 'post']);
    expect(parameters(operation)).toEqual([
      'query draft integer',
      'query tag string',
      'header X-Team string!',
      'header User-Agent string!',
      'header Referer string!',
      'header Cookie string!',
    ]);
    expect(operation.requestBody?.content['application/json']?.schema).toEqual({
      type: 'object',
      properties: {
        title: { type: 'string' },
        size: { type: 'integer' },
        rate: { type: 'integer' },
        tags: { type: 'array', items: { type: 'string' } },
        deep: { type: 'object', properties: { ok: { type: 'boolean' } } },
        none: { type: 'string' },
      },
    });
    expect(documentOf(text).servers).toEqual([{ url: 'https://api.example.com' }]);
  });

  test('with data and without -X is a POST of a form, with -G a GET', () => {
    const form = only("curl https://a.example.com/f -d a=1 --data-urlencode 'b=x y'");
    expect(form.method).toBe('post');
    expect(form.operation.requestBody?.content).toEqual({
      'application/x-www-form-urlencoded': {
        schema: { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'string' } } },
      },
    });
    const get = only('curl -G https://a.example.com/f -d a=1 --data b=2');
    expect([get.method, parameters(get.operation), get.operation.requestBody]).toEqual([
      'get',
      ['query a integer', 'query b integer'],
      undefined,
    ]);
  });

  test('may have its values attached, quotes inside of words and escapes', () => {
    const { path, method, operation } = only('curl -XDELETE -H"X-A: 5" "https://a.example.com"/it\\\'s');
    expect([path, method, parameters(operation)]).toEqual(["/it's", 'delete', ['header X-A integer!']]);
  });

  test.each([
    "curl https://a.example.com --data-raw '{}'",
    'curl https://a.example.com -F a=b',
    "curl --json '{}' https://a.example.com",
    "curl 'https://a.example.com",
    'curl -X POST',
    'curl',
    'curl https://a.example.com -d',
    'curl https://a.example.com https://b.example.com',
    'curl https://a.example.com/%ff',
  ])('%s is not converted', (text) => {
    expect(verdict(text)).toEqual(['curl', false, 'convert', '']);
    expect(convertToOpenapi(text)).toBeUndefined();
  });

  test('is held to the same rules afterwards', () => {
    expect(
      verdict("curl https://a.example.com/f -H 'Content-Type: text/plain' -d hello").slice(0, 3),
    ).toEqual(['curl', false, 'validate']);
    expect(verdict('curl -I https://a.example.com').slice(0, 3)).toEqual(['curl', false, 'convert']);
    expect(verdict('curl -X HEAD https://a.example.com/h').slice(0, 3)).toEqual(['curl', true, 'tools']);
  });
});

describe('a Postman collection', () => {
  const collection = (item: unknown[], more: object = {}) =>
    JSON.stringify({
      info: { _postman_id: '1', name: 'Notes', description: 'About notes' },
      variable: [{ key: 'host', value: 'https://api.example.com' }],
      item,
      ...more,
    });
  const add = {
    name: 'add_note',
    request: {
      method: 'POST',
      description: { content: 'Adds a note' },
      header: [
        { key: 'Content-Type', value: 'application/json' },
        { key: 'X-Team', value: 'red' },
        { key: 'X-Off', value: 'x', disabled: true },
      ],
      url: {
        raw: '{{host}}/v1/books/:book/notes?draft=1',
        host: ['{{host}}'],
        path: ['v1', 'books', ':book', 'notes'],
        query: [
          { key: 'draft', value: '1' },
          { key: 'off', value: '', disabled: true },
        ],
      },
      body: { mode: 'raw', raw: '{"title": "a", "size": 2}', options: { raw: { language: 'json' } } },
    },
  };

  test('becomes a tool for each request, also of those in folders', () => {
    const list = { name: 'list_notes', request: 'https://api.example.com/v1/notes' };
    const text = collection([add, { name: 'Folder', item: [{ name: 'Inner', item: [list] }] }]);
    expect(verdict(text)).toEqual(['postman', true, null, null]);
    const { paths, servers } = documentOf(text);
    expect(servers).toEqual([{ url: 'https://api.example.com' }]);
    expect(Object.keys(paths)).toEqual(['/v1/books/{book}/notes', '/v1/notes']);
    const { post } = paths['/v1/books/{book}/notes']!;
    expect(post).toMatchObject({ operationId: 'add_note', summary: 'Adds a note' });
    expect(parameters(post!)).toEqual(['path book string!', 'query draft integer', 'header X-Team string!']);
    expect(post!.requestBody?.content['application/json']?.schema).toEqual({
      type: 'object',
      properties: { title: { type: 'string' }, size: { type: 'integer' } },
    });
    expect(paths['/v1/notes']!.get).toMatchObject({ operationId: 'list_notes', summary: 'list_notes' });
  });

  test('of version 2.0 has headers as text and addresses without parts', () => {
    const old = {
      name: 'old',
      request: {
        method: 'PUT',
        header: 'X-Team: red\nX-Size: 3\n',
        url: 'https://api.example.com/v1/old?a=b',
        body: { mode: 'urlencoded', urlencoded: [{ key: 'c', value: '1' }] },
      },
    };
    const { put } = documentOf(collection([old])).paths['/v1/old']!;
    expect(parameters(put!)).toEqual(['query a string', 'header X-Team string!', 'header X-Size integer!']);
    expect(Object.keys(put!.requestBody!.content)).toEqual(['application/x-www-form-urlencoded']);
  });

  test('with the same tool twice is refused', () => {
    const refused = predictConvert(collection([add, { ...add, name: 'again' }]));
    expect(refused).toMatchObject({
      ok: false,
      format: 'postman',
      message: "duplicated tool '[POST]:/v1/books/{book}/notes'",
      text: "[109000007] duplicated tool '[POST]:/v1/books/{book}/notes'",
    });
  });

  test('that is held to the same rules afterwards', () => {
    const two = [add, { name: 'b', request: 'https://b.example.com/x' }];
    expect(verdict(collection(two))).toEqual([
      'postman',
      false,
      'validate',
      'server is required and only one server is allowed',
    ]);
    const list = { ...add, request: { ...add.request, body: { mode: 'raw', raw: '[1]' } } };
    expect(verdict(collection([list]))[3]).toContain("request body only supports 'object' type");
  });

  test.each([
    ['a form with files', collection([{ ...add, request: { ...add.request, body: { mode: 'formdata' } } }])],
    ['no address', collection([{ name: 'a', request: { method: 'GET' } }])],
    ['an address that is none', collection([{ name: 'a', request: 'http://[/x' }])],
    ['a text that is no JSON', '{"_postman_id":'],
    ['a list', '[{"_postman_id": 1}]'],
    [
      'folders without end',
      collection([Array.from({ length: 90 }).reduce<object>((item) => ({ item: [item] }), { request: 'x' })]),
    ],
  ])('with %s is not converted', (_name, text) => {
    expect(verdict(text)).toEqual(['postman', false, 'convert', '']);
  });
});
