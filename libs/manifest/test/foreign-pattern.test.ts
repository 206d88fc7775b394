import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foreignPattern } from '../src/index.ts';

/** Long enough that no pattern with a repeated group is tried by going back and forth, and told at once when one is. */
const long = 'ab-c.d '.repeat(3);
/** Whatever else the machine does meanwhile. */
const AMPLE_MS = 60_000;

describe('a pattern that may go back and forth says what JavaScript says', () => {
  test.each([
    ['^([a-z]+-?)+$', 'abc-def-ghi-jkl-mno'],
    ['^(\\S+\\s?)+$', 'a\u3000b\u00a0c\u2003d e f g h i j'],
    ['^(.|-)+$', `abcdefghijk\r${'x'.repeat(20)}`],
    ['^(.|-)+$', `abcdefghijk\u2028${'x'.repeat(20)}`],
    ['^([^]|-)+$', `abcdefghijk\n${'x'.repeat(20)}`],
    ['^([\\s\\w]|-)+$', 'a\u3000b\u00a0c\u2003d-e f g h i j k l m'],
    ['^([\\S ]+)+$', 'a\u3000b'.repeat(10)],
    ['^([[\\]]|a)+$', '[[a]]'.repeat(6)],
    ['^(\\p{Script=Han}|\\p{Lu})+$', '中文字ABC中文字ABC中文字'],
    ['^(\\u4e2d|\\u{1F600}|[\\u4e00-\\u9fa5])+$', '中文😀'.repeat(8)],
    ['^(?<one>a|b)+$', 'ab'.repeat(20)],
    ['^(?=.*-)([\\w.]+[- ]?)+$', long],
    ['(a)(\\1|b)+c', `${'ab'.repeat(8)}c`],
    ['^(\\d{1,3}\\.){3}\\d{1,3}$', '192.168.100.100'],
    ['^([\\w.+-]+@[\\w-]+\\.)+[a-z]{2,}$', 'somebody.else@mail.example.com'],
    ['^(\\/[^/]+)+\\/?$', '/one/two/three/four/five/'],
    ['(^|\\n)(a|b)+$', 'xxxxxxxxxxxxxxxxxxxxx\nabab'],
  ])('%s', (source, text) => {
    for (const tried of [text, `${text}!`, `\n${text}`, text.slice(1)]) {
      expect(foreignPattern(source, 'u', AMPLE_MS).test(tried), JSON.stringify(tried)).toBe(
        new RegExp(source, 'u').test(tried),
      );
    }
  });

  test('whatever it is made of', () => {
    const atom = fc.constantFrom(
      'a',
      '.',
      '\\s',
      '\\S',
      '\\w',
      '\\d',
      '\\b',
      '[a-c]',
      '[^\\s-]',
      '[\\W_]',
      '(?:b|-)',
      '\\.',
      '$',
      '^',
    );
    const repeat = fc.constantFrom('', '*', '+', '?', '{1,2}', '*?');
    const piece = fc
      .tuple(atom, repeat)
      .map(([one, times]) => (/^(?:\\b|\$|\^)$/.test(one) ? one : one + times));
    const group = fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), repeat)
      .map(([parts, times]) => `(${parts.join('')})${times}`);
    const source = fc
      .array(fc.oneof(piece, group), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(''));
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '-', '.', '1', ' ', '\n', '\u3000', '\u2028', '中', '😀'),
      maxLength: 16,
    });
    fc.assert(
      fc.property(source, text, (pattern, tried) => {
        expect(foreignPattern(pattern, 'u', AMPLE_MS).test(tried)).toBe(new RegExp(pattern, 'u').test(tried));
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  ['^(a+)+$', `${'a'.repeat(5_000)}!`],
  ['^(a|a|a|a|a|a|a|a|a|a)*$', 'aaaaaaaaaaa!'],
  ['^(?=.*!)(a+)+$', `${'a'.repeat(60)}!`],
  ['^(a?){200}a{200}$', 'a'.repeat(150)],
])('%s ends', (source, text) => {
  expect(foreignPattern(source, 'u').test(text)).toBe(false);
});
