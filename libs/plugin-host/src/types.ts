import type { Deployment, Mode } from '@cozecut/manifest';

/** Structured log of one call; fields must not carry secrets. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** How far a call has come. */
export interface Progress {
  /** Short word for the step: `download`, `compile`, `write`. */
  phase: string;
  /** 0..1 of the whole call, when it is known. */
  fraction?: number;
  message?: string;
  /** Drafts that the call works on, as soon as they have an id. */
  drafts?: { draftId: string; folder: string }[];
}

/** A draft under construction, as it is kept between calls. */
export interface StoredDraft {
  id: string;
  name: string;
  /** Grows by one with every change. */
  revision: number;
  /** `draft-timeline/1` document. */
  timeline: unknown;
  /** `open` while tools add to it, `saved` once it is a folder. */
  state: 'open' | 'saved' | 'failed';
  /** Absolute path of the draft folder once it is written. */
  folder?: string;
  createdAt: number;
  modifiedAt: number;
}

/** What handlers may do with drafts; the app decides where they are kept. */
export interface Drafts {
  /** Keeps a new draft and gives it an id. */
  create(timeline: unknown, options: { name: string; id?: string }): Promise<StoredDraft>;
  /** @throws UserError DRAFT_NOT_FOUND */
  get(id: string): Promise<StoredDraft>;
  /**
   * Applies `edit` to the newest revision; when another call was faster it is applied again to what that call left.
   *
   * @throws UserError DRAFT_NOT_FOUND
   * @throws UserError DRAFT_CONFLICT when it lost the race too often.
   */
  edit(id: string, edit: (timeline: unknown) => unknown): Promise<StoredDraft>;
  /** Notes that the draft was written to `folder`. */
  saved(id: string, folder: string): Promise<StoredDraft>;
  /** Absolute path of the folder that drafts are written to when the caller names none. */
  readonly root: string;
  /** Whether `root` was chosen by a person, such as the draft folder of the editor. */
  readonly rootIsChosen: boolean;
}

/** What a handler gets besides its input. */
export interface ToolContext {
  /** Aborted at the deadline or when the caller goes away. */
  signal: AbortSignal;
  /** Unix time in milliseconds at which the call is cut off. */
  deadline: number;
  idempotencyKey: string | undefined;
  log: Log;
  /** `fetch` that only reaches what the deployment's egress rules allow. */
  fetch: typeof fetch;
  drafts: Drafts;
  mode: Mode;
  deployment: Deployment;
  /** Folders that local media may be read from, absolute; empty = local files are refused. Relative paths resolve against the first. */
  mediaRoots: readonly string[];
  progress(progress: Progress): void;
  /** Fresh random UUID; replaced by a counter where output must repeat. */
  uuid(): string;
  /** Unix time in milliseconds. */
  now(): number;
}

/** The function behind a tool. */
export type ToolHandler<Input = never, Output = unknown> = (
  input: Input,
  context: ToolContext,
) => Output | Promise<Output>;
