import { UserError } from '@cozecut/problems';

/** Statuses that may be another one a moment later. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The error for an answer that is no file. */
export function refused(label: string, { status, headers }: Response, nowMs: number): UserError {
  if (status === 404 || status === 410) {
    return new UserError('MEDIA_NOT_FOUND', `there is no file at ${label} (HTTP ${status})`);
  }
  const isExpired = status === 401 || status === 403;
  return new UserError('MEDIA_UNREACHABLE', `${label} answered HTTP ${status} instead of a file`, {
    ...(isExpired ? { hint: 'The address may have expired: ask for a fresh one.' } : {}),
    retryable: PASSING.has(status),
    retryAfterMs: retryAfterMs(headers.get('retry-after'), nowMs),
  });
}

function retryAfterMs(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d{1,6}\s*$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
