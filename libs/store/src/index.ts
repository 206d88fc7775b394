/**
 * What outlives a process: drafts between calls, jobs and the queue they wait in, what servers share. Embedded in a
 * folder by default, in PostgreSQL by address.
 *
 * @packageDocumentation
 */
export { onceKey } from './jobs/once-key.ts';
export { retryRequest } from './jobs/retry.ts';
export { type OpenStoreOptions, openStore } from './open-store.ts';
export { LOCAL_OWNER } from './owner.ts';
export { restoreStore } from './restore-store.ts';
export { tokenParts } from './tokens.ts';
export type * from './types.ts';
