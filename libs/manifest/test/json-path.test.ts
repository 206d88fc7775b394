import { formatPointer } from '@cozecut/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonPathError, selectNodes } from '../src/overlay/json-path.ts';

const document = {
  info: { title: 'Notes', 'x-owner': 'me' },
  paths: {
    '/notes': {
      get: { tags: ['a', 'b'], parameters: [{ name: 'limit', in: 'query' }] },
      post: { deprecated: true, parameters: [{ name: 'id', in: 'path', required: true }] },
    },
    "/it's": { get: { tags: [] } },
  },
  numbers: [0, 1, 2, 3, 4],
  nothing: null,
};

const pointers = (query: string) => selectNodes(document, query).map(({ path }) => formatPointer(path));

describe('a query selects', () => {
  test.each([
    ['$', ['']],
    ['$.info.title', ['/info/title']],
    ["$['info']['x-owner']", ['/info/x-owner']],
    ['$.info.x-owner', ['/info/x-owner']],
    ["$[\"paths\"]['/it\\'s']", ["/paths/~1it's"]],
    ['$.info.*', ['/info/title', '/info/x-owner']],
    ['$.paths.*.get', ['/paths/~1notes/get', "/paths/~1it's/get"]],
    ['$..tags', ['/paths/~1notes/get/tags', "/paths/~1it's/get/tags"]],
    [
      '$..parameters[*].name',
      ['/paths/~1notes/get/parameters/0/name', '/paths/~1notes/post/parameters/0/name'],
    ],
    [
      '$..[0]',
      [
        '/numbers/0',
        '/paths/~1notes/get/tags/0',
        '/paths/~1notes/get/parameters/0',
        '/paths/~1notes/post/parameters/0',
      ],
    ],
    ['$.numbers[-1]', ['/numbers/4']],
    ['$.numbers[9]', []],
    ['$.numbers[1:3]', ['/numbers/1', '/numbers/2']],
    ['$.numbers[::2]', ['/numbers/0', '/numbers/2', '/numbers/4']],
    ['$.numbers[ 3 : 0 : -2 ]', ['/numbers/3', '/numbers/1']],
    ['$.numbers[::-1]', ['/numbers/4', '/numbers/3', '/numbers/2', '/numbers/1', '/numbers/0']],
    ['$.numbers[::0]', []],
    ['$.numbers[-2:]', ['/numbers/3', '/numbers/4']],
    ['$.numbers[0,2,0]', ['/numbers/0', '/numbers/2', '/numbers/0']],
    ["$.info['title','x-owner']", ['/info/title', '/info/x-owner']],
    ['$.title', []],
    ['$.numbers.length', []],
    ['$.nothing', ['/nothing']],
    ['$.nothing.x', []],
  ])('%s', (query, expected) => {
    expect(pointers(query).sort()).toEqual([...expected].sort());
  });

  test.each([
    ['$.numbers[?@ > 2]', ['/numbers/3', '/numbers/4']],
    ['$.numbers[?@ >= 1 && @ < 3 || @ == 4]', ['/numbers/1', '/numbers/2', '/numbers/4']],
    ['$.numbers[?!(@ <= 3)]', ['/numbers/4']],
    ['$.paths.*[?@.deprecated]', ['/paths/~1notes/post']],
    ['$.paths.*[?@.deprecated == true]', ['/paths/~1notes/post']],
    ['$..parameters[?@.name == \'id\' && @.in != "query"]', ['/paths/~1notes/post/parameters/0']],
    ['$..parameters[?!@.required]', ['/paths/~1notes/get/parameters/0']],
    ['$[?@ == null]', ['/nothing']],
    ['$[?@.none == $.none && @.title]', ['/info']],
    ['$[?@.title == $.info.title]', ['/info']],
    ['$.paths.*[?@.tags == @.tags && @.tags[0] == "a"]', ['/paths/~1notes/get']],
    ['$.numbers[?@ < "2"]', []],
  ])('with the filter %s', (query, expected) => {
    expect(pointers(query)).toEqual(expected);
  });
});

describe('a query that cannot be read says where', () => {
  test.each([
    ['info', 'a query starts with $ at character 1'],
    ['$info', 'expected . or [ at character 2'],
    ['$.', 'expected a name or *'],
    ['$./notes', "['…'] at character 3"],
    ["$['info", 'a quote is not closed'],
    ['$[', 'expected a quoted name'],
    ['$[0', 'expected ]'],
    ['$[?@.a ==]', 'expected @, $, a text in quotes'],
    ['$[?(@.a]', 'expected )'],
    ['$[?1]', 'expected a comparison'],
    ["$['\\q']", 'an escape that is not known'],
    [`$${'('.repeat(3000)}`, 'at most 2000 characters'],
  ])('%s', (query, message) => {
    expect(() => selectNodes(document, query)).toThrow(JsonPathError);
    expect(() => selectNodes(document, query)).toThrow(message);
  });

  test('or that it asks for too much', () => {
    const deep = Array.from({ length: 40 }).reduce<unknown>((inner) => ({ a: inner, b: 1 }), 0);
    expect(() => selectNodes(deep, '$..*..*..*..*..*')).toThrow('more than 100000 nodes');
  });

  test('and never fails otherwise', () => {
    const piece = fc.constantFrom(
      '$',
      '@',
      '.',
      '..',
      '[',
      ']',
      '*',
      '?',
      '(',
      ')',
      '!',
      '==',
      '<',
      "'a'",
      'a',
      '0',
      '-1',
      ':',
      ',',
      '&&',
      '||',
      ' ',
      'true',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        try {
          selectNodes(document, `$${pieces.join('')}`);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonPathError);
        }
      }),
    );
  });
});
