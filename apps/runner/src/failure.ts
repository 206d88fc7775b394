import { isCozeError } from '@cozecut/coze-transport';
import { isUserError, showValue } from '@cozecut/problems';
import type { Failure } from './bot-events.ts';

/** What is told of an error; one that is none of ours is a bug. */
export function describeFailure(error: Error): Failure {
  const { code, hint, logId } = error as { code?: unknown; hint?: unknown; logId?: unknown };
  const isOurs = isCozeError(error) || isUserError(error) || error.name === 'WireError';
  return {
    code: isOurs && typeof code === 'string' ? code : 'BUG',
    message: error.message,
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(typeof logId === 'string' ? { logId } : {}),
  };
}

/** Whatever was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(messageOf(thrown));
}

/** What is told of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : thrown;
  return typeof message === 'string' ? message : showValue(message);
}

/** Whether the person stopped it. */
export function isStopped(error: unknown): boolean {
  return isCozeError(error) && error.code === 'ABORTED';
}

/** Whether whatever is tried next would fail for the same reason: the token or the quota. */
export function isFinal(error: Error | undefined): boolean {
  return isCozeError(error) && (error.retry === 'auth' || error.retry === 'quota');
}
