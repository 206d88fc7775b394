import { describe, expect, test } from 'vitest';
import { lintOpenapi } from '../../src/lint/index.ts';

/** What the server says of a pattern, after `error parsing regexp: `. */
function said(pattern: string): string | undefined {
  const text = JSON.stringify({
    openapi: '3.0.1',
    components: { schemas: { A: { type: 'string', pattern } } },
  });
  const problem = lintOpenapi(text, { file: 'a.json', profile: 'studio' }).find(
    ({ code }) => code === 'CZ309',
  );
  return problem?.predicted?.replace('invalid components: schema "A": error parsing regexp: ', '');
}

describe('patterns', () => {
  test.each([
    '^\\d+$',
    '(?i)abc',
    '(?i:a)b',
    '(?P<year>\\d{4})',
    '\\p{Han}+',
    '\\pL',
    '\\p{Lu}',
    '[\\w.-]+',
    '[]a]',
    '[^]a]',
    '[a-]',
    'x{,5}',
    'a{1000}',
    '\\x{4e00}',
    '\\x41',
    '\\u0041',
    '[\\u4E00-\\u9FA5]',
    '\\Qa*b\\E',
    'a??',
    '[[:alpha:]]',
    '\\_',
    '\\/',
    '(a|b)*',
    '\\123',
    '\\0',
  ])('%s is fine', (pattern) => {
    expect(said(pattern)).toBeUndefined();
  });

  test.each([
    ['(?<=a)b', 'invalid or unsupported Perl syntax: `(?<`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['^(?!a)', 'invalid or unsupported Perl syntax: `(?!`'],
    ['(?<n>a)', 'invalid or unsupported Perl syntax: `(?<`'],
    ['(?>a)', 'invalid or unsupported Perl syntax: `(?>`'],
    ['(?P<n', 'invalid named capture: `(?P<n`'],
    ['(?P<a-b>x)', 'invalid named capture: `(?P<a-b>`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a{2}{3}', 'invalid nested repetition operator: `{2}{3}`'],
    ['a++', 'invalid nested repetition operator: `++`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a|+', 'missing argument to repetition operator: `+`'],
    ['a{2,1}', 'invalid repeat count: `{2,1}`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['\\Z', 'invalid escape sequence: `\\Z`'],
    ['\\k<a>', 'invalid escape sequence: `\\k`'],
    ['\\p{Script=Han}', 'invalid character class range: `\\p{Script=Han}`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    ['[[:foo:]]', 'invalid character class range: `[:foo:]`'],
    ['[a', 'missing closing ]: `[a`'],
    ['[^]', 'missing closing ]: `[^]`'],
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
  ])('%s is not', (pattern, words) => {
    expect(said(pattern)).toBe(words);
  });
});
