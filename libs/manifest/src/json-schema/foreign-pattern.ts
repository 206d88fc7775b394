import { createContext, Script } from 'node:vm';

/** Longest time that one text may take. */
const TIMEOUT_MS = 10;
/** Longest time that all texts of one document may take: after one that was cut off, none is tried any more. */
const DOCUMENT_MS = 10;
/** What is over sooner costs nothing: a good pattern on a busy machine. */
const SLOW_MS = 5;
/** A try that was cut off while the machine did something else is made again, so many times. */
const TRIES = 4;
/** Shorter texts are over before a clock could be started, whatever the pattern is. */
const MAX_SHORT = 12;
const MAX_PLAIN = 1_000;

/** What came of a text, and the time of the processor that it took, in milliseconds. */
interface Tried {
  /** Whether it matches; nothing when it was cut off. */
  matches: boolean | undefined;
  usedMs: number;
}

/**
 * Tries a regular expression of somebody else: `^(a+)+$` on forty letters would hold the process for hours.
 *
 * @returns Whether it matches; nothing when that takes more than 10 ms.
 */
export function testInTime(pattern: RegExp, text: string): boolean | undefined {
  return attempt(pattern, text, TIMEOUT_MS).matches;
}

function attempt(pattern: RegExp, text: string, leftMs: number): Tried {
  const { source } = pattern;
  // Without groups and with one repeat, the time is at most the square of the length.
  const isPlain = !source.includes('(') && (source.match(/[*+?{]/g)?.length ?? 0) <= 1;
  if (text.length <= MAX_SHORT || (isPlain && text.length <= MAX_PLAIN)) {
    return { matches: pattern.test(text), usedMs: 0 };
  }
  const timeout = Math.min(TIMEOUT_MS, Math.floor(leftMs));
  if (timeout < 1) return { matches: undefined, usedMs: 0 };
  const context = createContext({ pattern, text });
  const script = new Script('pattern.test(text)');
  let usedMs = 0;
  for (let left = TRIES; left > 0; left -= 1) {
    const started = performance.now();
    const before = process.cpuUsage();
    const matches = runFor(script, context, timeout);
    const { user, system } = process.cpuUsage(before);
    const tookMs = performance.now() - started;
    const ownMs = Math.min(tookMs, (user + system) / 1_000);
    if (tookMs > SLOW_MS) usedMs += ownMs;
    if (matches !== undefined || ownMs > timeout / 2) return { matches, usedMs };
  }
  return { matches: undefined, usedMs };
}

function runFor(script: Script, context: object, timeout: number): boolean | undefined {
  try {
    return script.runInContext(context, { timeout }) === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}

/**
 * A regular expression of somebody else, for validators: a text that takes more than 10 ms does not match.
 *
 * @throws SyntaxError when the source is none.
 */
export function foreignPattern(source: string, flags: string): Pick<RegExp, 'test'> {
  const pattern = new RegExp(source, flags);
  return { test: (text) => testInTime(pattern, text) === true };
}

/** Makes the regular expressions of one document, as {@link foreignPattern}; together they may take 10 ms. */
export function foreignPatterns(): typeof foreignPattern {
  let leftMs = DOCUMENT_MS;
  return (source, flags) => {
    const pattern = new RegExp(source, flags);
    return {
      test: (text) => {
        const { matches, usedMs } = attempt(pattern, text, leftMs);
        leftMs -= usedMs;
        return matches === true;
      },
    };
  };
}
