import { formatPointer } from '@cozecut/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonPathError } from '../../src/json-path/ast.ts';
import { selectNodes } from '../../src/json-path/evaluate.ts';

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

describe('functions', () => {
  const items = {
    pattern: 'a.c',
    list: [
      { name: 'abc', tags: ['x', 'y'] },
      { name: 'xabcx', tags: [] },
      { name: '😀', tags: ['x'], more: { a: 1, b: 2 } },
      { name: 5 },
    ],
  };
  test.each([
    ['$.list[?length(@.name) == 1]', [2]],
    ['$.list[?length(@.tags) >= 1]', [0, 2]],
    ['$.list[?length(@.more) == 2]', [2]],
    ['$.list[?length(@.name) == length(@.none)]', [3]],
    ['$.list[?count(@.tags[*]) == 2]', [0]],
    ['$.list[?count(@..*) > 4]', [2]],
    ["$.list[?match(@.name, 'abc')]", [0]],
    ["$.list[?match(@.name, 'a|xabcx')]", [1]],
    ['$.list[?match(@.name, $.pattern)]', [0]],
    ["$.list[?search(@.name, 'b')]", [0, 1]],
    ["$.list[?!search(@.name, 'b')]", [2, 3]],
    ["$.list[?search(@.name, '^a') || match(@.name, '.')]", [0, 2]],
    ['$.list[?value(@..b) == 2]', [2]],
    ["$.list[?value(@.tags[*]) == 'x']", [2]],
    ['$.list[?length(value(@.tags[*])) == 1]', [2]],
    ["$.list[?match(@.name, '[')]", []],
  ])('%s', (query, expected) => {
    expect(selectNodes(items, query).map(({ path }) => path[1])).toEqual(expected);
  });

  test.each([
    ['$[?length(@.a)]', 'expected a comparison after length()'],
    ['$[?count(@.*)]', 'expected a comparison after count()'],
    ["$[?match(@.a, 'a') == true]", 'match() is true or false by itself'],
    ['$[?length(@.*) == 1]', 'length() takes a query for one node'],
    ["$[?match(@.*, 'a')]", 'match() takes a query for one node'],
    ['$[?count(1) == 1]', 'count() takes a query'],
    ["$[?value('a') == 'a']", 'value() takes a query'],
    ["$[?length(match(@.a, 'a')) == 1]", 'length() takes no match()'],
    ['$[?length() == 1]', 'length() takes one argument'],
    ['$[?match(@.a)]', 'match() takes 2 arguments'],
    ['$[?size(@.a) == 1]', 'there is no function size(); there are length, count, match, search, value'],
    ['$[?toString(@) == 1]', 'expected @, $'],
  ])('%s is refused', (query, message) => {
    expect(() => selectNodes(items, query)).toThrow(message);
  });
});

describe('the grammar', () => {
  test.each([
    '$ [0]',
    '$.a .b',
    "$[ 'a' , 1 , * ]",
    '$[?@.a==1]',
    '$[? @ .a == 1 ]',
    '$[?!(@.a)]',
    '$[?@.a == -0.5e+2]',
    "$['\\ud83d\\ude00']",
    '$["\\u0041\\n"]',
    '$[?@["a"][0] == $.b]',
    '$.日本',
    '$[?length( @.a )>0&&count( @ [ * ] )<1]',
  ])('allows %s', (query) => {
    expect(() => selectNodes({}, query)).not.toThrow();
  });

  test.each([
    ' $',
    '$ ',
    '$. a',
    '$.1',
    '$..',
    '$.a..',
    '$[-0]',
    '$[01]',
    '$[9007199254740992]',
    '$[1:2:03]',
    '$[?@.a == 01]',
    '$[?@.a == .5]',
    '$[?@.* == 1]',
    '$[?@..a == 1]',
    '$[?@[0:1] == 1]',
    '$[?@[0,1] == 1]',
    '$[?!@.a == 1]',
    '$[?!!@.a]',
    '$[?@.a == 1 == 2]',
    '$[?(@.a) == 1]',
    '$[?true]',
    '$[?@.a == True]',
    '$[?@.a & @.b]',
    "$['\\ud83d']",
    "$['a\nb']",
    "$['\\\"']",
    '$["\\\'"]',
    '$[?length (@.a) == 1]',
    '$[]',
    '$[0,]',
  ])('refuses %s', (query) => {
    expect(() => selectNodes({}, query)).toThrow(JsonPathError);
  });
});

describe('no query takes long', () => {
  const wide = Object.fromEntries(
    Array.from({ length: 3_000 }, (_, index) => [`k${index}`, { v: 'a'.repeat(30) }]),
  );

  test.each(['$[?count($..*) > 1]', '$..[?$ == $]', "$..[?search(@.v, '(a*)*(a*)*(a*)*(a*)*(a*)*b')]"])(
    '%s is answered or refused',
    (query) => {
      try {
        selectNodes(wide, query);
      } catch (error) {
        expect(error).toBeInstanceOf(JsonPathError);
      }
    },
  );

  test('a pattern that would make other machines go back and forth', () => {
    const document = [`${'a'.repeat(5_000)}!`];
    expect(selectNodes(document, "$[?match(@, '(a+)+')]")).toEqual([]);
    expect(selectNodes(document, "$[?match(@, '(a|aa)+!')]")).toHaveLength(1);
    expect(selectNodes(document, "$[?match(@, '((a{1000}){1000}){1000}')]")).toEqual([]);
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
    ['$[?@.a ==]', 'expected @, $, a function, a text in quotes'],
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
