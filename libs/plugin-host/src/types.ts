import type { Catalog } from '@cozecut/catalog';
import type { Deployment, Mode, WorkflowBinding } from '@cozecut/manifest';
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
  /** Resources of the editors by name; a host that makes no drafts may leave it out. */
  catalog?: Catalog;
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

/** What a workflow wants to know before it goes on. */
export interface WorkflowInterrupt {
  /** Number of the kind, as Coze sends it: 2 a question, 5 an input form, 1 or 6 a local plugin, 7 an authorization. */
  type: number;
  /** What is asked, as far as it can be read; may be empty. */
  question: string;
}

/** How a run of a workflow ended. */
export type WorkflowResult = { data: unknown } | { interrupted: WorkflowInterrupt };

/** Runs workflows of Coze. */
export interface Workflows {
  /** Runs the workflow to its end, or to its first question. @throws WireError when Coze does not run it. */
  run(
    binding: WorkflowBinding,
    parameters: Record<string, unknown>,
    options: { signal: AbortSignal },
  ): Promise<WorkflowResult>;
}

/** What the handlers need that are written in the manifest alone. Handlers that are code do not get to see it. */
export interface HandlerPorts {
  /** Value of a reference such as `secret:API_KEY`. @throws UserError SECRET_MISSING */
  secret?(reference: string): string;
  workflows?: Workflows;
  /** The whole environment of the programs that `exec:` runs. */
  programEnv?: Readonly<Record<string, string>>;
  /** Imports the module of a handler by its `file:` address; `import()` when left out. */
  importModule?(address: string): Promise<Record<string, unknown>>;
  /** A number from 0 up to 1; `Math.random` when left out. */
  random?(): number;
  /** Ends after `ms` milliseconds, or with an error when the signal is aborted; a timer when left out. */
  wait?(ms: number, signal: AbortSignal): Promise<void>;
}

/** What the host lends to every handler; the part of {@link ToolContext} that does not change between calls. */
export type HostServices = Pick<
  ToolContext,
  'log' | 'fetch' | 'drafts' | 'catalog' | 'localRoots' | 'cacheFolder' | 'uuid' | 'now'
> &
  HandlerPorts;

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
