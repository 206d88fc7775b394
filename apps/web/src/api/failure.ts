import type { components } from './server.gen.ts';

/** One finding, as the server sends it. */
export type Finding = components['schemas']['Finding'];

/** The server said no (`status` is its HTTP status), or nothing (0). The message is what it wrote, or empty. */
export class Failure extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly problems: readonly Finding[];

  constructor(options: {
    status: number;
    code?: string;
    message?: string;
    hint?: string;
    problems?: readonly Finding[];
  }) {
    super(options.message ?? '');
    this.status = options.status;
    this.code = options.code ?? '';
    this.hint = options.hint;
    this.problems = options.problems ?? [];
  }
}

/** The failure that an answer tells of (`application/problem+json`, or nothing that can be read). */
export function failureOf(status: number, body: unknown): Failure {
  const { detail, title, code, hint, problems } = (typeof body === 'object' && body !== null ? body : {}) as {
    [Key in 'detail' | 'title' | 'code' | 'hint']?: string;
  } & { problems?: Finding[] };
  const message = detail ?? title;
  return new Failure({
    status,
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(hint === undefined ? {} : { hint }),
    ...(problems === undefined ? {} : { problems }),
  });
}
