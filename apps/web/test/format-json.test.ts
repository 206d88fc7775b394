import { describe, expect, test } from 'vitest';
import { formatJson, tidied } from '../src/pages/manual/format-json.ts';

describe('tidying up', () => {
  test('gives each value a line, and leaves how it is spelled', () => {
    const text = '{"a": [1,-2.50e3,{"b":"x\\"y, {"}],"c":{ },"d":[[]],"\\u00e9" :true}';
    expect(formatJson(text).split('\n')).toEqual([
      '{',
      '  "a": [',
      '    1,',
      '    -2.50e3,',
      '    {',
      '      "b": "x\\"y, {"',
      '    }',
      '  ],',
      '  "c": {},',
      '  "d": [',
      '    []',
      '  ],',
      '  "\\u00e9": true',
      '}',
      '',
    ]);
  });

  test('leaves what is no JSON, and what has its lines already', () => {
    expect(formatJson('{"a": 1')).toBe('{"a": 1');
    const lines = `${JSON.stringify({ a: 'x'.repeat(200) }, null, 2)}\n`;
    expect(tidied(lines)).toBe(lines);
  });

  test.each([
    ['100,000 maps', JSON.stringify(Array.from({ length: 100_000 }, (_, id) => ({ id, of: { none: [] } })))],
    ['JSON in a text', JSON.stringify({ export: JSON.stringify(Array(1_000_000).fill('"')) })],
    ['lists in lists', '['.repeat(2_000) + ']'.repeat(2_000)],
  ])('takes exports of any size and form: %s', (_, text) => {
    const tidy = formatJson(text);
    expect(tidy.replaceAll(/\s/g, '')).toBe(text);
    // Blanks are not the most of it.
    expect(tidy.length).toBeLessThan(text.length * 4 + 500_000);
  });
});
