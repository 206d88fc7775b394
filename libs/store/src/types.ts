/** A draft under construction, as it is kept between calls. */
export interface StoredDraft {
  id: string;
  name: string;
  /** Grows by one with every change. */
  revision: number;
  /** `draft-timeline/1` document. */
  timeline: unknown;
  /** `open` until it has been written as a folder, `saved` afterwards. */
  state: 'open' | 'saved';
  /** Absolute path of the draft folder; set once it was written. */
  folder: string | undefined;
  /** Unix time in milliseconds. */
  createdAt: number;
  /** Unix time in milliseconds. */
  modifiedAt: number;
}

/** Drafts between calls. */
export interface DraftStore {
  /** Keeps a new draft; `id` is made when none is given. */
  create(timeline: unknown, options: { name: string; id?: string }): Promise<StoredDraft>;
  /** @throws UserError DRAFT_NOT_FOUND */
  get(id: string): Promise<StoredDraft>;
  /**
   * Applies `edit` to the newest revision. When another call was faster, `edit` is applied again to what that call
   * left, so it must not act on anything but its argument.
   *
   * @throws UserError DRAFT_NOT_FOUND
   * @throws UserError DRAFT_CONFLICT when the race was lost too often.
   */
  edit(id: string, edit: (timeline: unknown) => unknown): Promise<StoredDraft>;
  /**
   * Notes that the draft was written to `folder`.
   *
   * @throws UserError DRAFT_NOT_FOUND
   */
  saved(id: string, folder: string): Promise<StoredDraft>;
  /** Newest first. `query` is a part of the name; `before` is the id of the last draft of the former page. */
  list(options: {
    limit: number;
    query?: string;
    before?: string;
  }): Promise<{ drafts: StoredDraft[]; total: number }>;
}

/** Where a job stands. */
export type JobState = 'running' | 'succeeded' | 'failed';

/** A tool call that goes on after its caller was answered. */
export interface Job {
  id: string;
  tool: string;
  state: JobState;
  /** 0..1 */
  fraction: number;
  phase: string;
  message: string;
  /** Output of the tool, once it succeeded. */
  output: unknown;
  /** What went wrong, once it failed. */
  error: JobError | undefined;
  /** Drafts the job works on, in order. */
  drafts: { draftId: string; folder: string }[];
  /** Unix time in milliseconds. */
  createdAt: number;
  /** Unix time in milliseconds. */
  modifiedAt: number;
}

/** Why a job failed; the shape of an error in every answer. */
export interface JobError {
  code: string;
  message: string;
  hint?: string;
  problems: unknown[];
}

/** What may change in a running job. */
export type JobChange = Partial<Pick<Job, 'fraction' | 'phase' | 'message' | 'drafts'>>;

/** Jobs and how far they have come. */
export interface JobStore {
  /** Puts a running job on record. */
  start(tool: string): Promise<Job>;
  /** Changes a running job, and is a sign of life of its process. */
  progress(id: string, change: JobChange): Promise<void>;
  /** Ends a running job; a job that has ended already stays as it is. */
  finish(id: string, end: { output: unknown } | { error: JobError }): Promise<Job>;
  /** The job, or nothing when there is none. */
  get(id: string): Promise<Job | undefined>;
  /** The newest job that works on the draft. */
  ofDraft(draftId: string): Promise<Job | undefined>;
  /** Fails the jobs whose process gave no sign of life for `silentMs`; returns how many. */
  failAbandoned(silentMs: number): Promise<number>;
}

/** Everything that outlives a process. */
export interface Store {
  readonly drafts: DraftStore;
  readonly jobs: JobStore;
  /** Ends the use of the database. */
  close(): Promise<void>;
}
