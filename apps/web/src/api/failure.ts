import type { components } from './server.gen.ts';

/** One finding, as the server sends it. */
export type Finding = components['schemas']['Finding'];

/** The server said no (`status` is its HTTP status), or nothing (0). The message is what it wrote, or empty. */
export class Failure extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly problems: readonly Finding[];
  /** From when on it is worth asking again, in milliseconds since 1970; where the server says so. */
  readonly againAt: number | undefined;

  constructor(options: {
    status: number;
    code?: string;
    message?: string;
    hint?: string;
    problems?: readonly Finding[];
    againAt?: number;
  }) {
    super(options.message ?? '');
    this.status = options.status;
    this.code = options.code ?? '';
    this.hint = options.hint;
    this.problems = options.problems ?? [];
    this.againAt = options.againAt;
  }
}

/** What is told of a failure; the session service says some of it in words of its own. */
interface ToldFailure {
  detail?: string;
  title?: string;
  message?: string;
  code?: string;
  error_code?: string;
  hint?: string;
  problems?: Finding[];
}

/**
 * The failure that an answer tells of: `application/problem+json`, a task that failed, or nothing that can be read.
 *
 * @param againAt - See {@link Failure.againAt}.
 */
export function failureOf(status: number, body: unknown, againAt?: number): Failure {
  const answer = (body ?? {}) as ToldFailure & { data?: { task_result?: { data?: ToldFailure } } };
  const told = answer.data?.task_result?.data ?? answer;
  const { code = told.error_code, hint, problems } = told;
  const message = told.detail ?? told.title ?? told.message;
  return new Failure({
    status,
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(hint === undefined ? {} : { hint }),
    ...(problems === undefined ? {} : { problems }),
    ...(againAt === undefined ? {} : { againAt }),
  });
}

/** Whether what was asked for is not there, or no more; asking again is answered the same. */
export function isGone(error: unknown): boolean {
  return error instanceof Failure && error.status === 404;
}
