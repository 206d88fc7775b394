import type { DraftStore } from './drafts.ts';

/** A request that must have one effect, however often it comes. */
export interface OnceRequest {
  owner: string;
  /** What the caller sent as `Idempotency-Key`. */
  key: string;
  /** Hash of everything the answer depends on: method, path, body. */
  fingerprint: string;
}

/** How a request begins. */
export type OnceStart =
  /** It is ours to do. `attempt` is above 1 when a former process ended before its answer was on record. */
  | { state: 'begun'; lease: string; seed: string; attempt: number }
  /** Another call is at it. */
  | { state: 'running' }
  /** It was done before. */
  | { state: 'done'; answer: unknown };

/** Requests that are remembered by a key. */
export interface IdempotencyStore {
  /**
   * Begins a request, takes one over whose process is gone, or says how it ended.
   *
   * @throws UserError IDEMPOTENCY_MISMATCH when the key came with another fingerprint before.
   */
  begin(request: OnceRequest, leaseMs: number): Promise<OnceStart>;
  /** A scope for work that may become a job: nothing is on record before it does. */
  scope(): OnceScope;
  /** Sign of life; false when another process has taken over. */
  renew(request: OnceRequest, lease: string, leaseMs: number): Promise<boolean>;
  /** Keeps the answer; false when another process has taken over. */
  complete(request: OnceRequest, lease: string, answer: unknown): Promise<boolean>;
  /** Forgets a request that had no effect, so that it may be sent again. */
  abandon(request: OnceRequest, lease: string): Promise<void>;
  /**
   * Does the work once for all calls with the same key, over all processes, and gives each of them the same answer,
   * which must be JSON. A call that comes while the work is going on waits for its end. When a process ends in the
   * middle, a waiting or later call does the work again: what it does through the scope is not done twice.
   *
   * Work that throws had no answer: the error goes to its caller, and the next call does the work again, in a new scope
   * unless `isInterrupted` says that the work is to go on where it was left.
   *
   * @throws UserError IDEMPOTENCY_MISMATCH
   */
  run(
    request: OnceRequest,
    work: (scope: OnceScope) => Promise<unknown>,
    options?: OnceOptions,
  ): Promise<unknown>;
}

/** How {@link IdempotencyStore.run} waits. */
export interface OnceOptions {
  /** Aborts the wait for another call; the work gets it from its caller. */
  signal?: AbortSignal;
  /** A process that gave no sign of life for so long is gone; default 15000. */
  leaseMs?: number;
  /** Whether an error only means that the work was interrupted; default: never. */
  isInterrupted?(error: unknown): boolean;
}

/**
 * What makes work repeatable: ids that are the same each time, and drafts whose changes are recognised when they were
 * made already. The work must make its changes in the same order each time.
 */
export interface OnceScope {
  attempt: number;
  /** What everything in the scope comes from; see `JobStore.adopt`. */
  seed: string;
  /** The same UUIDs in each attempt, also when an edit is applied several times. */
  uuid(): string;
  /** The drafts, with every change made at most once over all attempts. */
  drafts(drafts: DraftStore): DraftStore;
  /** Text for `JobRequest.once`: another one with each call, the same ones in each attempt. */
  once(): string;
}
