import { expect, test } from 'vitest';
import { parseJson } from '../src/index.ts';

test('numbers that cannot be held become text, and nothing else changes', () => {
  const text =
    '{"a":7400000000000000901,"b":[-9007199254740993,9007199254740991,1.5,1e300,1e400,-2E+999,1e-400],"c":"7400000000000000901 \\" 7400000000000000901","d":1234567890123456.5}';
  expect(parseJson(text)).toEqual({
    a: '7400000000000000901',
    b: ['-9007199254740993', 9007199254740991, 1.5, 1e300, '1e400', '-2E+999', 0],
    c: '7400000000000000901 " 7400000000000000901',
    d: 1234567890123456.5,
  });
  expect(() => parseJson('{"a":7400000000000000901,}')).toThrow(SyntaxError);
});

test('JSON that could not be written out again is refused; brackets in texts are no levels', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const isWritable = (text: string) => JSON.stringify(parseJson(text)) === text;
  expect([nested(1_000), JSON.stringify(nested(5_000)), `[${nested(999)}]`].map(isWritable)).not.toContain(
    false,
  );
  expect(() => parseJson(nested(1_001))).toThrow(/deeper than 1000 levels/);
  expect(() => parseJson(`{"a":"\\"[","b":${nested(100_000)}}`)).toThrow(/deeper than 1000 levels/);
});
