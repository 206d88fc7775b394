import type { GrantStore, RateLimits, TokenStore } from './access.ts';
import type { BlobStore } from './blobs.ts';
import type { AllDrafts } from './drafts.ts';
import type { IdempotencyStore } from './idempotency.ts';
import type { JobStore } from './jobs.ts';
import type { CallJournal, EventStore } from './journal.ts';
import type { SessionStore } from './sessions.ts';
import type { JobWorker, JobWorkerOptions } from './worker.ts';

/** How long things are kept, in milliseconds after they were last changed or used; what is left out stays. */
export interface Retention {
  draftsMs?: number;
  /** Jobs that have ended, with their events. */
  jobsMs?: number;
  callsMs?: number;
  /** Answers that are remembered by `Idempotency-Key`. */
  idempotencyMs?: number;
  sessionsMs?: number;
  eventsMs?: number;
  /** Blobs that nobody holds. */
  blobsMs?: number;
  /** API tokens that have expired or were revoked. Grants go when they expire. */
  tokensMs?: number;
}

/** What a sweep removed. */
export interface Swept {
  drafts: number;
  /** Absolute paths of the folders that those drafts were written to; the store leaves them where they are. */
  folders: string[];
  jobs: number;
  calls: number;
  idempotency: number;
  sessions: number;
  events: number;
  blobs: number;
  tokens: number;
  grants: number;
  /** Files that a process left when it ended in the middle. */
  orphans: number;
}

/** What a backup holds. */
export interface BackupReport {
  /** Absolute path of the folder. */
  folder: string;
  /** Version of the tables. */
  schema: string;
  /** Rows by table. */
  rows: Record<string, number>;
  blobs: number;
  blobBytes: number;
}

/** What kind of store it is. */
export interface StoreStatus {
  engine: 'sqlite' | 'postgres';
  /** Version of the tables. */
  schema: string;
}

/** Everything that outlives a process. */
export interface Store {
  readonly drafts: AllDrafts;
  readonly jobs: JobStore;
  /** Runs jobs of the queue in this process until it is stopped; any number of processes do so. */
  work(options: JobWorkerOptions): JobWorker;
  readonly calls: CallJournal;
  readonly idempotency: IdempotencyStore;
  readonly tokens: TokenStore;
  readonly grants: GrantStore;
  readonly sessions: SessionStore;
  readonly limits: RateLimits;
  readonly events: EventStore;
  readonly blobs: BlobStore;
  /**
   * Removes what is older than the retention says and what ended processes left. Nothing in use is removed: a draft
   * that a job works on, a job that has not ended, a blob that something holds.
   */
  sweep(retention: Retention): Promise<Swept>;
  /**
   * Writes everything as of one moment into a new folder, while others go on; it can be restored into a store of
   * either engine.
   *
   * @throws UserError BACKUP_EXISTS when something is at `folder`.
   */
  backup(folder: string): Promise<BackupReport>;
  /** Asks the database; an error means that it cannot be reached. */
  status(): Promise<StoreStatus>;
  /** Ends the use of the database. */
  close(): Promise<void>;
}
