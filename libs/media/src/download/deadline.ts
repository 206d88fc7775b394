import { UserError } from '@cozecut/problems';
import { describeAddress } from '../egress/describe.ts';

/** A time limit joined with other reasons to stop. */
export interface Deadline {
  /** Aborted with UserError MEDIA_TIMEOUT when the time is up, or with the reason of another signal. */
  signal: AbortSignal;
  /** Ends the limit. */
  clear(): void;
}

/** Limits work on an address to `ms` milliseconds. */
export function createDeadline(url: URL, ms: number, signals: readonly AbortSignal[]): Deadline {
  const late = new AbortController();
  const timer = setTimeout(() => {
    const message = `${describeAddress(url)} took longer than the ${ms} ms allowed for it`;
    late.abort(new UserError('MEDIA_TIMEOUT', message));
  }, ms);
  timer.unref();
  return { signal: AbortSignal.any([...signals, late.signal]), clear: () => clearTimeout(timer) };
}
