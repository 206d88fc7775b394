import type { Caller } from '@cozecut/auth';
import type { Mode } from '@cozecut/manifest';
import {
  type Answerer,
  type CallOptions,
  type CallResult,
  draftIdOf,
  type Host,
  type Log,
  type Progress,
} from '@cozecut/plugin-host';
import type { DraftStore, NewCall, OnceScope, Store } from '@cozecut/store';
import type { DraftFiles } from './files/draft-files.ts';
import { publicUrlOf } from './http/server-url.ts';
import { jobsOf } from './jobs/job-reports.ts';
import type { Questions } from './jobs/questions.ts';
import type { Metrics } from './metrics.ts';
import { isFault } from './problem-response.ts';

/** One call of a tool, with all that is known of where it comes from. */
export interface CallRequest {
  tool: string;
  input: unknown;
  mode: Mode;
  caller: Pick<Caller, 'owner'>;
  signal: AbortSignal;
  log: Log;
  requestId?: string;
  jobId?: string;
  idempotencyKey?: string;
  /** Address by which the caller has reached the server; where it is not known, the public one. */
  serverUrl?: string;
  /** Makes the effects of the call repeatable. */
  scope?: OnceScope | undefined;
  onProgress?(progress: Progress): void;
  /** Who can be asked while the tool runs. */
  answerer?: Answerer;
  /** Where the caller is, when that is not a distant place. */
  place?: CallPlace;
}

/** The machine of a caller, as far as tools may touch it. */
export interface CallPlace {
  /** Folders that the caller may name; see `ToolContext.localRoots`. */
  localRoots: readonly string[];
  /** Folder that drafts are written to; that of the server when left out. */
  draftRoot?: string;
  /** Told of every draft that was written as a folder, after the store knows it; must not throw. */
  onDraftSaved?(draft: { id: string; revision: number; folder: string }): Promise<void>;
}

/** Calls tools for their owners, and keeps a record of each call. */
export interface Calls {
  call(request: CallRequest): Promise<CallResult>;
  /** Resolves when the record of every call that has ended is kept. */
  kept(): Promise<void>;
}

/** Records wait so long for others: those that are kept together cost one write to disk. */
const RECORD_MS = 250;
/** More do not wait. */
const MAX_RECORDS = 1_000;

/** The one place where the server calls tools. */
export function createCalls(options: {
  host: Host;
  store: Store;
  files: DraftFiles;
  questions: Questions;
  metrics: Metrics;
  log: Log;
}): Calls {
  const { host, store, files, questions, metrics, log } = options;
  const ownUrl = publicUrlOf(host.plugin) ?? '';
  const recording = new Set<Promise<unknown>>();
  let ended: NewCall[] = [];
  let timer: NodeJS.Timeout | undefined;

  /** A record is for looking things up later: no caller waits for it. */
  function record(call: NewCall): void {
    ended.push(call);
    if (ended.length >= MAX_RECORDS) keep();
    else timer ??= setTimeout(keep, RECORD_MS);
  }

  function keep(): void {
    clearTimeout(timer);
    timer = undefined;
    if (ended.length === 0) return;
    const calls = ended;
    ended = [];
    const kept = store.calls
      .recordAll(calls)
      .catch((error) => log.error('calls were not recorded', { calls: calls.length, error: String(error) }))
      .finally(() => recording.delete(kept));
    recording.add(kept);
  }

  return {
    async call(request) {
      const { tool, input, mode, caller, scope, jobId, requestId, idempotencyKey, place } = request;
      const startedAt = Date.now();
      const started = performance.now();
      const own = store.drafts.forOwner(caller.owner);
      const worked = new Set<string>();
      const result = await host.call(tool, input, {
        mode,
        signal: request.signal,
        log: request.log,
        drafts: {
          ...placed(scope === undefined ? own : scope.drafts(own), place),
          async files(id) {
            await own.get(id, { isShared: true });
            return files.list(id, request.serverUrl ?? ownUrl);
          },
        },
        owner: caller.owner,
        jobs: jobsOf(store, questions, caller.owner),
        ...(place === undefined ? {} : { localRoots: place.localRoots }),
        ...(scope === undefined ? {} : { uuid: scope.uuid }),
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        ...(request.answerer === undefined ? {} : { answerer: request.answerer }),
        onProgress(progress) {
          for (const { draftId } of progress.drafts ?? []) worked.add(draftId);
          request.onProgress?.(progress);
        },
      });
      for (const id of draftIds(result.ok ? result.output : undefined)) worked.add(id);
      const durationMs = Math.round(performance.now() - started);
      const code = result.ok ? '' : result.error.code;
      // A bot may call what is not there, by any name.
      metrics.call({ tool: code === 'TOOL_UNKNOWN' ? 'unknown' : tool, mode, code }, durationMs / 1000);
      // Faults without a code have been told by the host, with all that is known of them.
      if (!result.ok && code !== 'INTERNAL' && isFault(code))
        request.log.error('tool call failed', { tool, code, error: result.error.message });
      const [draftId] = [...draftIds(input), ...worked];
      record({
        owner: caller.owner,
        tool,
        mode,
        status: result.ok ? 'ok' : 'failed',
        startedAt,
        durationMs,
        ...(result.ok ? {} : { code, message: result.error.message }),
        ...(requestId === undefined ? {} : { requestId }),
        ...(draftId === undefined ? {} : { draftId }),
        ...(jobId === undefined ? {} : { jobId }),
      });
      return result;
    },
    async kept() {
      keep();
      await Promise.all(recording);
    },
  };
}

/** Drafts that are written where the caller is. */
function placed(drafts: DraftStore, place: CallPlace | undefined): CallOptions['drafts'] & DraftStore {
  if (place === undefined) return drafts;
  const { draftRoot, onDraftSaved } = place;
  return {
    ...drafts,
    async saved(...saved) {
      const draft = await drafts.saved(...saved);
      const [id, folder] = saved;
      await onDraftSaved?.({ id, revision: draft.revision, folder });
      return draft;
    },
    ...(draftRoot === undefined ? {} : { root: draftRoot }),
  };
}

/** Ids of drafts in an input or output, by the names that tools give them. */
function draftIds(value: unknown): string[] {
  const { draft_id: one, drafts } = (value ?? {}) as { draft_id?: unknown; drafts?: unknown };
  const many = Array.isArray(drafts)
    ? drafts.map((draft) => (draft as { draft_id?: unknown } | null)?.draft_id)
    : [];
  return [one, ...many].filter((id): id is string => typeof id === 'string').map(draftIdOf);
}
