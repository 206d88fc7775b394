import { createContext, Script } from 'node:vm';

/** Longest time that one text may take. */
const TIMEOUT_MS = 20;
/** Shorter texts are over before a clock could be started, whatever the pattern is. */
const MAX_SHORT = 12;
const MAX_PLAIN = 1_000;

/**
 * Tries a regular expression of somebody else: `^(a+)+$` on forty letters would hold the process for hours.
 *
 * @returns Whether it matches; nothing when that takes more than 20 ms.
 */
export function testInTime(pattern: RegExp, text: string): boolean | undefined {
  const { source } = pattern;
  // Without groups and with one repeat, the time is at most the square of the length.
  const isPlain = !source.includes('(') && (source.match(/[*+?{]/g)?.length ?? 0) <= 1;
  if (text.length <= MAX_SHORT || (isPlain && text.length <= MAX_PLAIN)) return pattern.test(text);
  try {
    const context = createContext({ pattern, text });
    return new Script('pattern.test(text)').runInContext(context, { timeout: TIMEOUT_MS }) === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}

/**
 * A regular expression of somebody else, for validators: a text that takes more than 20 ms does not match.
 *
 * @throws SyntaxError when the source is none.
 */
export function foreignPattern(source: string, flags: string): Pick<RegExp, 'test'> {
  const pattern = new RegExp(source, flags);
  return { test: (text) => testInTime(pattern, text) === true };
}
