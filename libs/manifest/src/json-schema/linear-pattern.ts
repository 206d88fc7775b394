import { createRequire } from 'node:module';
import type * as Re2 from 're2js';

/** What `\s` means in JavaScript; to RE2 it is ASCII only. */
const SPACES =
  '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';

/** So many steps are over in some 10 ms. */
export const MAX_LINEAR_STEPS = 1_000_000;

/**
 * A regular expression of JavaScript as one of RE2, whose time grows like the text whatever the pattern is.
 *
 * @returns Nothing when RE2 cannot say the same: looking ahead or behind, references back, very many repeats.
 */
export function linearPattern(source: string): ((text: string) => boolean) | undefined {
  try {
    const pattern = re2().compile(re2().translateRegExp(spellOut(source)));
    return (text) => pattern.test(text);
  } catch {
    return undefined;
  }
}

/**
 * Tries a pattern in the syntax of Go, which is that of RE2.
 *
 * @returns Whether it matches; nothing when it is no such pattern, or one that takes very many steps.
 */
export function testGoPattern(source: string, text: string): boolean | undefined {
  if (linearSteps(source, text.length) > MAX_LINEAR_STEPS) return undefined;
  try {
    return re2().compile(source).test(text);
  } catch {
    return undefined;
  }
}

/** Loaded at the first pattern that needs it. */
function re2(): typeof Re2.RE2JS {
  return (createRequire(import.meta.url)('re2js') as typeof Re2).RE2JS;
}

/** How much work it is to make the pattern and to try the text, in steps, roughly and from above. */
export function linearSteps(source: string, length: number): number {
  const counts = source.match(/\d+(?=\})/g) ?? [];
  return counts.reduce((size, count) => size * Math.max(1, Number(count)), source.length) * (length + 50);
}

/** What RE2 reads in another way, spelt out. */
function spellOut(source: string): string {
  return source.replace(/\[(\^?)((?:\\.|[^\]\\])*)\]|\\.|\./gsu, (part, not: string, members: string) => {
    if (part === '.') return '[^\\n\\r\\x{2028}\\x{2029}]';
    if (part === '\\s') return `[${SPACES}]`;
    if (part === '\\S') return `[^${SPACES}]`;
    if (!part.startsWith('[')) return part;
    if (members === '') return not ? '[\\x{0}-\\x{10ffff}]' : '[^\\x{0}-\\x{10ffff}]';
    const spelt = members.replace(/\\.|\[/gsu, (member) => {
      if (member === '\\S') throw new SyntaxError('RE2 has no class inside of a class');
      return member === '\\s' ? SPACES : member === '[' ? '\\[' : member;
    });
    return `[${not}${spelt}]`;
  });
}
