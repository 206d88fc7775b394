import type { PathSegment } from '../pointer.ts';

/** One way in which a value breaks a schema: one mistake, one violation. */
export interface Violation {
  code: 'UNKNOWN_KEY' | 'MISSING_KEY' | 'WRONG_TYPE' | 'WRONG_VALUE';
  /** The value that is wrong; for an unknown or missing key the path ends with that key. */
  path: readonly PathSegment[];
  /** Whether the key or the value is what should be shown. */
  part: 'key' | 'value';
  /** What is expected, without subject and without the value: `must be a whole number`. */
  expected: string;
  /** JSON types that would do, when the type is what is wrong. */
  types?: readonly string[];
  value?: unknown;
  /** Whether the value may be a secret and must not be shown. */
  isSecret?: boolean;
  suggestions?: string[];
  /** The required key that an unknown key stands for; that it is missing is not reported as well. */
  meant?: string;
  hint?: string;
}

/** A violation that shows nothing of the value. */
export function hidden({ hint: _, suggestions: __, ...violation }: Violation): Violation {
  return { ...violation, isSecret: true };
}
