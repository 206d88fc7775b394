/**
 * What outlives a process: drafts between calls, and jobs. Embedded in a folder by default.
 *
 * @packageDocumentation
 */
export { type OpenStoreOptions, openStore } from './open-store.ts';
export type * from './types.ts';
