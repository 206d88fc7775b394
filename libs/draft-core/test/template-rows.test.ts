import { isUserError } from '@cozecut/problems';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTemplateRows } from '../src/index.ts';

const rowsOf = (text: string, format?: 'csv' | 'jsonl') =>
  readTemplateRows(text, format).map(({ line, row }) => [line, isUserError(row) ? row.message : row]);

describe('CSV', () => {
  test.each<[string, string, unknown[]]>([
    ['plain', 'a,b\n1,2\n', [[2, { a: '1', b: '2' }]]],
    ['CRLF, a byte order mark, no last line break', '\uFEFFa,b\r\n1,2', [[2, { a: '1', b: '2' }]]],
    [
      'old Mac line ends',
      'a\r1\r2\r',
      [
        [2, { a: '1' }],
        [3, { a: '2' }],
      ],
    ],
    [
      'blank lines',
      '\n\na\n\n1\n\n2\n',
      [
        [5, { a: '1' }],
        [7, { a: '2' }],
      ],
    ],
    ['blanks in cells stay, those of names go', ' a , b \n 1 ,  \n', [[2, { a: ' 1 ', b: '  ' }]]],
    ['quotes', 'a,b\n"x, ""y""",""\n', [[2, { a: 'x, "y"', b: '' }]]],
    [
      'a line break in quotes',
      'a,b\n"x\r\ny",1\nz,2\n',
      [
        [2, { a: 'x\r\ny', b: '1' }],
        [4, { a: 'z', b: '2' }],
      ],
    ],
    ['a quote inside of a cell', 'a\n5" wide\n', [[2, { a: '5" wide' }]]],
    ['semicolons', 'a;b\n1,5;2\n', [[2, { a: '1,5', b: '2' }]]],
    ['tabs', 'a\tb\n1;5\t2\n', [[2, { a: '1;5', b: '2' }]]],
    ['odd names', '__proto__,constructor\n1,2\n', [[2, JSON.parse('{"__proto__":"1","constructor":"2"}')]]],
    ['only names', 'a,b\n', []],
    ['nothing', '', []],
    [
      'rows that are none',
      'a,b\n1\n1,2,3\n"x"y,2\n1,2\n"x,2\n1,2\n',
      [
        [2, 'has 1 cell, the first row has 2 cells'],
        [3, 'has 3 cells, the first row has 2 cells'],
        [4, 'there is text behind the closing quote of cell 1'],
        [5, { a: '1', b: '2' }],
        [6, 'a quote is opened and never closed'],
      ],
    ],
  ])('%s', (_name, text, expected) => {
    expect(rowsOf(text, 'csv')).toEqual(expected);
  });

  test.each([
    ['a,a\n1,2', 'line 1: two columns are called "a"'],
    ['a,,b\n1,2,3', 'line 1: column 2 has no name'],
    ['a,"b\n1,2', 'line 1: a quote is opened and never closed'],
  ])('the first row of %j', (text, message) => {
    expect(() => rowsOf(text)).toThrow(message);
  });

  test('what any writer puts in quotes comes back', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', '你', '\uFEFF') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(',', ';', '\t'),
        (rows, lineEnd, separator) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text = [['one', 'two'], ...rows].map((row) => row.map(quoted).join(separator)).join(lineEnd);
          expect(readTemplateRows(text).map(({ row }) => row)).toEqual(
            rows.map(([one, two]) => ({ one, two })),
          );
        },
      ),
    );
  });

  test('a million cells take no longer than they have to', () => {
    const text = `a,b\n${'1,"2"\n'.repeat(500_000)}`;
    expect(readTemplateRows(text)).toHaveLength(500_000);
    expect(readTemplateRows(`a\n${'"'.repeat(1_000_001)}`)).toHaveLength(1);
  });
});

test('JSON Lines', () => {
  expect(rowsOf('\uFEFF{"a":1}\r\n\n[]\n7\n{\n')).toEqual([
    [1, { a: 1 }],
    [3, 'must be a JSON object (got an empty list)'],
    [4, 'must be a JSON object (got 7)'],
    [5, expect.stringContaining('is not valid JSON at column')],
  ]);
});

test('keys that stand twice are found whatever else there is, and only they', () => {
  // Not a lone backslash: after one, some engines take the key `"` for it.
  const word = fc.constantFrom('a', 'b:', ':', '"', '\\\\', 'é', '');
  const escaped = (text: string): string => JSON.stringify(text).replaceAll(':', '\\u003a');
  const spelled = fc.tuple(word, fc.boolean()).map(([text, isEscaped]) => ({
    text,
    json: isEscaped ? escaped(text) : JSON.stringify(text),
  }));
  fc.assert(
    fc.property(fc.array(fc.tuple(spelled, spelled), { maxLength: 6 }), (entries) => {
      const [row] = readTemplateRows(
        `{${entries.map(([key, value]) => `${key.json}: [{${key.json}:${value.json}}]`).join(',')}}`,
        'jsonl',
      );
      const isTwice = new Set(entries.map(([key]) => key.text)).size < entries.length;
      expect(isUserError(row!.row)).toBe(isTwice);
    }),
  );
});

test('a key that stands twice fails its row, and no other', () => {
  expect(rowsOf('{"a":1,"a":2}\n{"a":3}\n{"b":{"c":1,"\\u0063":2}}\n{"b":{"c":1},"c":2}')).toEqual([
    [1, 'is not valid JSON at column 8: the key "a" stands twice in one object'],
    [2, { a: 3 }],
    [3, 'is not valid JSON at column 13: the key "c" stands twice in one object'],
    [4, { b: { c: 1 }, c: 2 }],
  ]);
});
