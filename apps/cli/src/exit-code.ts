import { isUserError } from '@cozecut/problems';

/** Exit codes; scripts rely on them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  findings: 3,
  authentication: 4,
  upstream: 5,
  timeout: 6,
  interrupted: 130,
} as const;

const BY_CODE: Readonly<Record<string, number>> = {
  INTERNAL: EXIT.failed,
  OUTPUT_INVALID: EXIT.failed,
  TOOL_CRASHED: EXIT.failed,
  CATALOG_LOCKED: EXIT.failed,
  CATALOG_NOT_BUILT: EXIT.failed,
  HANDLER_NOT_LOADED: EXIT.usage,
  DEADLINE_EXCEEDED: EXIT.timeout,
  MEDIA_TIMEOUT: EXIT.timeout,
  CANCELLED: EXIT.interrupted,
  SECRET_MISSING: EXIT.authentication,
  SIGN_IN_REQUIRED: EXIT.authentication,
  ABORTED: EXIT.interrupted,
  STREAM_IDLE: EXIT.timeout,
  UPSTREAM_FAILED: EXIT.upstream,
  UPSTREAM_INVALID: EXIT.upstream,
  UPSTREAM_UNREACHABLE: EXIT.upstream,
  UPSTREAM_TIMEOUT: EXIT.timeout,
  BOT_WANTS_TOOL: EXIT.upstream,
  WORKFLOW_INTERRUPTED: EXIT.upstream,
  ANSWER_MISSING: EXIT.timeout,
  HANDLER_TEMPLATE: EXIT.usage,
  EXEC_FAILED: EXIT.failed,
  EXEC_OUTPUT_TOO_LARGE: EXIT.failed,
  EXEC_NOT_FOUND: EXIT.usage,
};

/** The exit code that goes with an error. */
export function exitCodeOf(error: unknown): number {
  const { code, name, retry, oclif } = error as {
    code?: unknown;
    name?: string;
    retry?: string;
    oclif?: { exit?: number };
  };
  if (typeof code === 'string' && code in BY_CODE) return BY_CODE[code]!;
  if (isUserError(error)) return EXIT.usage;
  // An error of the Coze API says how it may be retried; "auth" is about the token.
  if (name === 'WireError') return retry === 'auth' ? EXIT.authentication : EXIT.upstream;
  return oclif?.exit ?? EXIT.failed;
}
