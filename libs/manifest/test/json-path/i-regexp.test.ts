import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../src/json-path/i-regexp.ts';

const finds = (pattern: string, text: string, isWhole = true) => compilePattern(pattern, isWhole)?.test(text);

describe('an I-Regexp', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['a?b+c*', 'bb', true],
    ['a{2}', 'aa', true],
    ['a{2}', 'aaa', false],
    ['a{2,}', 'aaaa', true],
    ['a{0,2}', 'aaa', false],
    ['(ab|c)+', 'abcab', true],
    ['a||b', '', true],
    ['[a-c-]+', 'a-c', true],
    ['[-x]', '-', true],
    ['[^a-c]', 'd', true],
    ['[^a-c]', 'b', false],
    ['[.*+?]', '*', true],
    ['[\\]\\\\]', ']', true],
    ['\\.', 'x', false],
    ['\\n', '\n', true],
    ['.', '\n', false],
    ['.', '\u2028', true],
    ['.', '😀', true],
    ['\\p{Lu}\\P{Lu}', 'Aa', true],
    ['[\\p{L}\\-]+', 'ж-я', true],
    ['^ab$', 'ab', true],
    ['a^b', 'ab', false],
  ])('%j on %j: %s', (pattern, text, expected) => {
    expect(finds(pattern, text)).toBe(expected);
  });

  test.each([
    ['b', 'abc', true],
    ['^b', 'abc', false],
    ['c$', 'abc', true],
    ['x*', '', true],
    ['b{2}', 'abba', true],
  ])('%j somewhere in %j: %s', (pattern, text, expected) => {
    expect(finds(pattern, text, false)).toBe(expected);
  });

  test.each([
    '(',
    ')',
    '[',
    'a]',
    '[]',
    '[z-a]',
    '*',
    'a**',
    '{1}',
    'a{2,1}',
    'a{x}',
    '\\',
    '\\d',
    '\\p{Xx}',
    '(?:a)',
  ])('%j is none', (pattern) => {
    expect(compilePattern(pattern, true)).toBeUndefined();
  });

  test('means what the same pattern means here, where both know it', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '(a|b)',
      'a*',
      'b+',
      '(ab)?',
      'a{1,2}',
      '|',
      '(b*a){2}',
    );
    const pattern = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        expect(finds(source, value)).toBe(new RegExp(`^(?:${source})$`, 'u').test(value));
        expect(finds(source, value, false)).toBe(new RegExp(source, 'u').test(value));
      }),
      { numRuns: 500 },
    );
  });
});
