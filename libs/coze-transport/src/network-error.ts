import { type CozeError, isCozeError, localError } from './errors.ts';

/** The error for a fetch that failed: ended by the caller or a timer, or the network. */
export function networkError(cause: unknown, operation: string, signal: AbortSignal | undefined): CozeError {
  // Whoever aborted with one of our errors knows better than the fetch does.
  if (signal?.aborted && isCozeError(signal.reason)) return signal.reason;
  if (signal?.aborted) return localError('ABORTED', 'aborted by the caller', { operation, cause });
  const code = systemCode(cause);
  const neverActed = code !== undefined && NOT_SENT.has(code);
  const hint = neverActed ? 'Check the address, the network and the proxy.' : undefined;
  const facts = { operation, cause, neverActed, hint };
  return localError('NETWORK', `no answer: ${causeText(cause)}`, facts);
}

/** Failures from before the first byte of a request could be sent. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The code of the system or of the HTTP library, also below other errors. */
function systemCode(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 4) return undefined;
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  // Several addresses of one host were tried.
  const first: unknown = Array.isArray(errors) ? errors[0] : error.cause;
  return systemCode(first, depth + 1);
}

function causeText(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  const inner = error.cause instanceof Error ? error.cause : undefined;
  const detail = inner && (inner.message || systemCode(inner));
  return detail ? `${error.message}: ${detail}` : error.message;
}
