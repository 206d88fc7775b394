import { UserError } from '@cozecut/problems';

/**
 * Reason to abort a run with when the program ends: nothing is cancelled or answered for it, what is open stays in
 * the journal, and the next start goes on with it.
 */
export const PARKED = 'parked';

/** Whether a run ends because its program does. */
export function isParked(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason === PARKED;
}

/** How a turn or a run that was parked is told. */
export function parkedError(): UserError {
  return new UserError('PARKED', 'the program ends; what is open goes on at the next start');
}
