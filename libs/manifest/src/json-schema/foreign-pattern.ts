import { createContext, Script } from 'node:vm';
import { linearPattern, linearSteps, MAX_LINEAR_STEPS } from './linear-pattern.ts';

/** So many steps that go back and forth are over before they could be counted. */
const MAX_STEPS = 10_000;
/** Longest time that one try may take. */
const TIMEOUT_MS = 10;
/** Longest time that all tries of one document take, unless more is given: room to try again what a busy machine cut off. */
const DOCUMENT_MS = 2 * TIMEOUT_MS;

type Test = (pattern: RegExp, text: string) => boolean | undefined;

/**
 * The test of all patterns of one document. What may go back and forth is left to RE2; what RE2 cannot say runs
 * against the clock.
 *
 * @param timeMs - Longest time that all tries take.
 * @param untried - What is answered when no time is left to try.
 */
function carefulTest(timeMs: number, untried?: boolean): Test {
  const timed = timedTest(timeMs, untried);
  const linear = new Map<string, ReturnType<typeof linearPattern>>();
  let stepsLeft = MAX_LINEAR_STEPS;
  return (pattern, text) => {
    const { source, flags } = pattern;
    if (stepsAtMost(source, text.length) <= MAX_STEPS) return pattern.test(text);
    const steps = linearSteps(source, text.length);
    if (flags !== 'u' || steps > stepsLeft) return timed(pattern, text);
    stepsLeft -= steps;
    if (!linear.has(source)) linear.set(source, linearPattern(source));
    const test = linear.get(source);
    return test ? test(text) : timed(pattern, text);
  };
}

function timedTest(timeMs: number, untried?: boolean): Test {
  const tried: { pattern?: RegExp; text?: string } = {};
  let leftMs = timeMs;
  let run: ((timeout: number) => boolean | undefined) | undefined;
  return (pattern, text) => {
    if (leftMs < 1) return untried;
    Object.assign(tried, { pattern, text });
    run ??= inContext(tried);
    let matches: boolean | undefined;
    while (matches === undefined && leftMs >= 1) {
      const started = performance.now();
      matches = run(Math.min(TIMEOUT_MS, Math.floor(leftMs)));
      leftMs -= performance.now() - started;
    }
    return matches;
  };
}

/**
 * How many steps a pattern can take on a text of this length, by a rough count from above: a repeat can end at each
 * letter and every alternative doubles the ways; in a repeated group, each letter can be taken in all of these ways.
 */
function stepsAtMost(source: string, length: number): number {
  const plain = source.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gsu, 'x');
  const repeats = plain.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  const choices = plain.match(/[?|]/g)?.length ?? 0;
  const isNested = /\)[*+?{]/.test(plain) || /\\[1-9k]/.test(source);
  if (isNested) return (1 + repeats + choices) ** (length + 1);
  // One more time the length, since a match may begin at each letter.
  return length ** (repeats + 1) * 2 ** choices;
}

/** Runs the test where it can be cut off; the answer is nothing then. */
function inContext(tried: object): (timeout: number) => boolean | undefined {
  const context = createContext(tried);
  const script = new Script('pattern.test(text)');
  return (timeout) => {
    try {
      return script.runInContext(context, { timeout }) === true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
      throw error;
    }
  };
}

/**
 * A regular expression of somebody else, for validators: `^(a+)+$` on forty letters would hold the process
 * for hours. What cannot be told in time does not match.
 *
 * @param timeMs - How long to try, in milliseconds; only what RE2 cannot say needs any of it.
 * @throws SyntaxError when the source is none.
 */
export function foreignPattern(
  source: string,
  flags: string,
  timeMs: number = DOCUMENT_MS,
): Pick<RegExp, 'test'> {
  const pattern = new RegExp(source, flags);
  return { test: (text) => carefulTest(timeMs)(pattern, text) === true };
}

/**
 * Makes the regular expressions of one document, as {@link foreignPattern}. Together they may take some 30 ms; what
 * is left over then counts as a match, since nothing is known against it.
 */
export function foreignPatterns(): (source: string, flags: string) => Pick<RegExp, 'test'> {
  const test = carefulTest(DOCUMENT_MS, true);
  return (source, flags) => {
    const pattern = new RegExp(source, flags);
    return { test: (text) => test(pattern, text) === true };
  };
}
