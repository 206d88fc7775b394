import type { Catalog } from '@cozecut/catalog';
import type { Deployment, Mode, WorkflowBinding } from '@cozecut/manifest';
import type { Problem } from '@cozecut/problems';
import type { DraftStore } from '@cozecut/store';
import type { NewArchive } from './archives.ts';

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
  /** Files that are being fetched, all of them each time. */
  files?: FetchedFile[];
}

/** How much of a file has come. */
export interface FetchedFile {
  /** For people: the last part of its address, without what may be secret in the rest. */
  name: string;
  receivedBytes: number;
  /** As its host has announced it, when it did. */
  totalBytes?: number;
}

/** What handlers may do with drafts; the app decides where they are kept. */
export interface Drafts extends DraftStore {
  /** Absolute path of the folder that drafts are written to when the caller names none. */
  readonly root: string;
  /** Whether a person chose `root`, such as the draft folder of the editor. */
  readonly rootIsChosen: boolean;
  /** Absolute path for a zip that is being made: another one each time, in a folder that is there. */
  archiveFile(): string;
  /** Keeps a zip that was made there, for download by `archiveUrl`. */
  keepArchive(id: string, archive: NewArchive): Promise<void>;
  /** Whether a zip of the draft, by its SHA-256, can be downloaded now. */
  hasArchive(id: string, sha256: string): Promise<boolean>;
  /** Address a distant caller downloads that zip from; only a path when the deployment has no public address. */
  archiveUrl(id: string, sha256: string): string;
  /** Address of the draft, by which tools take it as well; only a path when the deployment has no public address. */
  draftUrl(id: string): string;
  /** Address of the page that shows what becomes of drafts; only a path when the deployment has no public address. */
  readonly pageUrl: string;
  /**
   * The files of a draft, each with an address of its own, as they are in the zip that works anywhere of the newest state
   * that was saved; nothing when there is none. Only a server has addresses to give.
   */
  files?(id: string): Promise<SharedFiles | undefined>;
}

/** The files of one state of a draft, for download one by one. */
export interface SharedFiles {
  /** State of the draft. */
  revision: number;
  /** Address that lists the others; also one of the draft, by which tools take it. */
  url: string;
  /** In the order of the zip. */
  files: SharedFile[];
}

/** A file for download. */
export interface SharedFile {
  /** Path in the draft folder, with `/`. */
  path: string;
  bytes: number;
  /**
   * Address that opens the file for some time, for whoever has it. It ends with the id of the draft and `path`; what is
   * not plain ASCII is percent-encoded.
   */
  url: string;
}

/** How far a job of the caller is. */
export interface JobReport {
  id: string;
  tool: string;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** 0..1 */
  fraction: number;
  phase: string;
  message: string;
  draftIds: string[];
  /** Output of the tool, once it succeeded. */
  output: unknown;
  error: ToolError | undefined;
  /** What it waits to be told. */
  question: Question | undefined;
}

/** The jobs of the caller. */
export interface Jobs {
  /**
   * The job, as soon as it has ended or waits for an answer, and after at most `waitMs`; nothing when the caller has no
   * such job.
   */
  get(id: string, options: { waitMs: number; signal: AbortSignal }): Promise<JobReport | undefined>;
  /**
   * Answers what the job waits to be told.
   *
   * @throws UserError JOB_NOT_FOUND when the caller has no such job.
   * @throws UserError JOB_NOT_WAITING when nothing is asked, or somebody else was faster.
   */
  answer(id: string, answer: Answer): Promise<void>;
}

/** One value of a form. */
export interface QuestionField {
  name: string;
  /** JSON type of the value, or the kind of file that is wanted; anything unknown is text. */
  type: string;
  description: string;
  isRequired: boolean;
}

/** What has to be known before a call can go on. */
export interface Question {
  /** What is asked; may be empty when there are fields. */
  text: string;
  /** The values that are wanted; empty when one text is the answer. */
  fields: readonly QuestionField[];
}

/** An answer: a text, or the values of the fields by name. */
export type Answer = string | Readonly<Record<string, unknown>>;

/** Somebody who can be asked while a call runs. */
export interface Answerer {
  /** `person`: who sits at this machine. `caller`: whoever started the job that the call is. */
  who: 'person' | 'caller';
  /** Ends with the answer, or with an error when there will be none. */
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
}

/** What a handler gets besides its input. */
export interface ToolContext {
  /** Aborted at the deadline or when the caller goes away. */
  signal: AbortSignal;
  /** Unix time in milliseconds at which the call is cut off; later by the time in which an answer is waited for. */
  deadline: number;
  idempotencyKey: string | undefined;
  /** Whose drafts these are, where several people share a server. */
  owner?: string;
  log: Log;
  /** `fetch` that only reaches what the deployment's egress rules allow. */
  fetch: typeof fetch;
  drafts: Drafts;
  /** Resources of the editors by name; a host that makes no drafts may leave it out. */
  catalog?: Catalog;
  /** Jobs of the caller; only a server has some. */
  jobs?: Jobs;
  mode: Mode;
  deployment: Deployment;
  /** Version of the plugin that the tool belongs to. */
  pluginVersion: string;
  /**
   * Folders of this machine that a caller may name, absolute: local media is read, and drafts are written, only
   * inside them. Empty means that the caller is a stranger. A relative path resolves against the first.
   */
  localRoots: readonly string[];
  /** Absolute path of a folder for files that can be made again, such as downloads. */
  cacheFolder: string;
  /** Tells the caller how far the call has come. */
  progress(progress: Progress): void;
  /** Who can be asked; absent where nobody is there. The time of the call stands still until the answer comes. */
  answerer?: Answerer;
  /** Fresh random UUID. */
  uuid(): string;
  /** Unix time in milliseconds. */
  now(): number;
}

/**
 * The function behind a tool.
 *
 * @example
 * ```ts
 * import type { ToolHandler } from '@cozecut/plugin-host';
 *
 * // Its input was checked, `fetch` keeps out of private networks, and `signal` is the deadline of the tool.
 * export const titleOf: ToolHandler<{ url: string }> = async ({ url }, { fetch, signal }) => {
 *   const page = await (await fetch(url, { signal })).text();
 *   return { title: /<title>(.+?)</.exec(page)?.[1] ?? '' };
 * };
 * ```
 */
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
  /** The values that an input form asks for. */
  parameters?: readonly QuestionField[];
}

/** How a run of a workflow ended. */
export type WorkflowResult =
  | { data: unknown }
  | {
      interrupted: WorkflowInterrupt;
      /** Hands over the answer, a text or the JSON text of a form, and goes on; absent where that is not possible. */
      resume?(answer: string, options: { signal: AbortSignal }): Promise<WorkflowResult>;
    };

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
  /** See `ToolContext.owner`. */
  owner?: string;
  /** Told how far the tool has come. */
  onProgress?(progress: Progress): void;
  /** Who can be asked while the tool runs; nobody when left out. */
  answerer?: Answerer;
  /** Replaces the folders of this machine that the caller may name, for this call. */
  localRoots?: readonly string[];
  /** Replaces the drafts, such as by those of one owner, where they are written to, and how their files are reached. */
  drafts?: DraftStore & Partial<Pick<Drafts, 'root' | 'rootIsChosen' | 'files'>>;
  /** The jobs of the caller. */
  jobs?: Jobs;
  /** Replaces the source of ids, such as by one that gives the same ones when the call is repeated. */
  uuid?(): string;
  /** Replaces the log, such as by one that names the request. */
  log?: Log;
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
