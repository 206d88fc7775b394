import { formatPointer } from '../pointer.ts';
import type { Problem } from '../problem.ts';
import { showPath, showValue } from '../words.ts';
import type { Violation } from './violation.ts';

/**
 * A violation as a sentence without a full stop: `size must be >= 1 (got 0)`.
 *
 * @param top - What the whole value is called, such as `the input`.
 * @param got - The value in words, where it is better not shown as it is.
 */
export function describeViolation(violation: Violation, top: string, got?: string): string {
  const { code, path, expected, part, value, isSecret } = violation;
  if (code === 'UNKNOWN_KEY') return `${expected} in ${showPath(path.slice(0, -1), top)}`;
  if (code === 'MISSING_KEY') return `${showPath(path.slice(0, -1), top)} ${expected}`;
  if (part === 'key') return `the key ${showPath(path, top)} ${expected}`;
  const subject = showPath(path, top);
  return isSecret ? `${subject} ${expected}` : `${subject} ${expected} (got ${got ?? showValue(value)})`;
}

/** Options of {@link violationProblem}. */
export interface ViolationProblemOptions {
  /** What the whole value is called, such as `the input`. */
  top: string;
  /** Code of the problem; default: the code of the violation. */
  code?: string;
  /** The value in words, where it is better not shown as it is. */
  got?: string;
}

/** The problem that a violation is. The pointer leads to something that is there: a missing key to its map. */
export function violationProblem(
  violation: Violation,
  options: ViolationProblemOptions,
): Problem & { pointer: string } {
  const { code, path, suggestions = [], hint } = violation;
  return {
    code: options.code ?? code,
    severity: 'error',
    message: describeViolation(violation, options.top, options.got),
    pointer: formatPointer(code === 'MISSING_KEY' ? path.slice(0, -1) : path),
    ...(suggestions.length === 0 ? {} : { suggestions }),
    ...(hint === undefined ? {} : { hint }),
  };
}
