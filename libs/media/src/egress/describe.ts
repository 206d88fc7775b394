/** An address for messages and logs: without user name, password, query and fragment, which may hold credentials. */
export function describeAddress(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' ? '' : '?…'}`;
}

/** The error of type `type` in the causes of `error`, or nothing. */
export function findCause<T extends Error>(error: unknown, type: new (...args: never[]) => T): T | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof type) return current;
  }
  return undefined;
}

const WORDS: Record<string, string> = {
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'no route to the host',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_SOCKET: 'the other side closed the connection',
};

/** Failures after which the same request may go well. A name that does not exist or a closed port is none of them. */
const PASSING = new Set([
  ...['EAI_AGAIN', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'ETIMEDOUT'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
]);

/** The reason at the bottom of a failed request, in a few words. */
export function describeFailure(error: unknown): string {
  const { reason, code } = deepestOf(error);
  if (!(reason instanceof Error)) return String(reason);
  return WORDS[code] ?? (reason.message || code || reason.name);
}

/** Whether the same request may go well a moment later. */
export function isPassing(error: unknown): boolean {
  return PASSING.has(deepestOf(error).code);
}

function deepestOf(error: unknown): { reason: unknown; code: string } {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (reason instanceof AggregateError && reason.errors.length > 0) reason = reason.errors[0];
  return { reason, code: reason instanceof Error && 'code' in reason ? String(reason.code) : '' };
}
