import type { Deployment, Mode } from '@cozecut/manifest';
import type { Problem } from '@cozecut/problems';
import type { DraftStore } from '@cozecut/store';

/** Structured log of one call; fields must not carry secrets. */
export interface Log {
  /** Worth knowing when something is looked into. */
  debug(message: string, fields?: Record<string, unknown>): void;
  /** What happened. */
  info(message: string, fields?: Record<string, unknown>): void;
  /** Something that should not happen but was dealt with. */
  warn(message: string, fields?: Record<string, unknown>): void;
  /** A fault of ours. */
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

/** What handlers may do with drafts; the app decides where they are kept. */
export interface Drafts extends DraftStore {
  /** Absolute path of the folder that drafts are written to when the caller names none. */
  readonly root: string;
  /** Whether a person chose `root`, such as the draft folder of the editor. */
  readonly rootIsChosen: boolean;
  /** Absolute path of the zip that a caller downloads; whoever finishes a draft for a distant caller writes it. */
  archiveFile(id: string): string;
  /** Address a distant caller downloads that zip from; only a path when the deployment has no public address. */
  archiveUrl(id: string): string;
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
  /**
   * Folders of this machine that a caller may name, absolute: local media is read, and drafts are written, only
   * inside them. Empty means that the caller is a stranger. A relative path resolves against the first.
   */
  localRoots: readonly string[];
  /** Absolute path of a folder for files that can be made again, such as downloads. */
  cacheFolder: string;
  /** Tells the caller how far the call has come. */
  progress(progress: Progress): void;
  /** Fresh random UUID. */
  uuid(): string;
  /** Unix time in milliseconds. */
  now(): number;
}

/** The function behind a tool. */
export type ToolHandler<Input = never, Output = unknown> = (
  input: Input,
  context: ToolContext,
) => Output | Promise<Output>;

/** What the host lends to every handler; the part of {@link ToolContext} that does not change between calls. */
export type HostServices = Pick<
  ToolContext,
  'log' | 'fetch' | 'drafts' | 'localRoots' | 'cacheFolder' | 'uuid' | 'now'
>;

/** Who calls a tool and how. */
export interface CallOptions {
  mode: Mode;
  /** Aborts the call. */
  signal?: AbortSignal;
  idempotencyKey?: string;
  /** Told how far the tool has come. */
  onProgress?(progress: Progress): void;
  /** Replaces the folders of this machine that the caller may name, for this call. */
  localRoots?: readonly string[];
}

/** Why a call failed: the same shape in every app. */
export interface ToolError {
  code: string;
  message: string;
  hint?: string;
  problems: Problem[];
}

/** How a call ended. A failed call is an answer, not an exception. */
export type CallResult = { ok: true; output: unknown } | { ok: false; error: ToolError };
