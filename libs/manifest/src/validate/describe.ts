import type { Violation } from './violation.ts';
import { showPath, showValue } from './words.ts';

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
