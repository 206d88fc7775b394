export type * from './types/access.ts';
export type * from './types/blobs.ts';
export type * from './types/drafts.ts';
export type * from './types/idempotency.ts';
export type * from './types/jobs.ts';
export type * from './types/journal.ts';
export type * from './types/sessions.ts';
export type * from './types/store.ts';
