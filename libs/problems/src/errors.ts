import type { Problem } from './problem.ts';

/** Options of {@link UserError}. */
export interface UserErrorOptions {
  /** What to do next, one sentence. */
  hint?: string;
  /** The findings behind the error, when there are any. */
  problems?: Problem[];
  cause?: unknown;
  /** Whether the same thing may work later, without a change. */
  retryable?: boolean;
  /** How long to wait before, in milliseconds, when that is known. */
  retryAfterMs?: number | undefined;
}

/**
 * Something that a person can fix: wrong input, a missing file, a busy port.
 *
 * @example
 * ```ts
 * import { isUserError, UserError } from '@cozecut/problems';
 *
 * try {
 *   throw new UserError('PORT_IN_USE', 'port 7788 is in use', { hint: 'choose another with --port' });
 * } catch (error) {
 *   if (isUserError(error)) console.log(error.code, error.hint); // => PORT_IN_USE choose another with --port
 * }
 * ```
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Stable `UPPER_SNAKE` code, for programs. */
  readonly code: string;
  readonly hint: string | undefined;
  readonly problems: Problem[];
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** An error made of findings; its message is the first one that is an error. */
  static fromProblems(code: string, problems: Problem[], hint?: string): UserError {
    const errors = problems.filter((problem) => problem.severity === 'error');
    const first = errors[0]?.message ?? 'not valid';
    const message = errors.length > 1 ? `${first} (and ${errors.length - 1} more)` : first;
    return new UserError(code, message, hint === undefined ? { problems } : { problems, hint });
  }
}

/** Something that only we can fix. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

/** An answer of another service that is not a success: carries what crossed the wire, apart from our codes. */
export class WireError extends Error {
  override readonly name = 'WireError';
  /** Our `UPPER_SNAKE` code for the kind of failure. */
  readonly code: string;
  /** HTTP status, when an answer came at all. */
  readonly status: number | undefined;
  /** The code that the other service sent, as text. */
  readonly remoteCode: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { status?: number; remoteCode?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.remoteCode = options.remoteCode;
  }
}

/** Whether `error` is a {@link UserError}, also one of another copy of this package. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError' && 'code' in error && 'problems' in error;
}
