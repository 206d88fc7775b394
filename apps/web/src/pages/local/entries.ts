import type { LiveEvent } from '../../api/live-events.ts';

/** A call of a tool, from its start to its end. */
export interface ToolEntry {
  kind: 'tool';
  tool: string;
  status: 'running' | 'done' | 'failed';
  input: unknown;
  output?: unknown;
  error?: { code: string; message: string; hint?: string };
  progress?: string;
  durationMs?: number;
  /** Its output was kept from before; it did not run again. */
  isReplayed?: boolean;
}

/** One thing in a conversation. */
export type Entry =
  | { kind: 'said'; text: string }
  | { kind: 'run'; parameters: unknown }
  | { kind: 'resumed' }
  | { kind: 'answer'; text: string; isDone: boolean }
  | { kind: 'output'; output: unknown }
  | ToolEntry
  | { kind: 'asked'; text: string }
  | { kind: 'draft'; name: string; folder: string; isInstalled: boolean; message?: string; hint?: string }
  | { kind: 'notice'; code: string; message: string }
  | { kind: 'failed'; code: string; message: string; hint?: string };

/** Events added up to what a person looks at. */
export interface Conversation {
  readonly entries: readonly (Entry & { key: string })[];
  /** Number of the last event. */
  readonly lastId: number;
}

/** Nothing has happened. */
export const NOTHING: Conversation = { entries: [], lastId: 0 };

type Keyed = Entry & { key: string };

/** The conversation after one more event of `listen`. */
export function withEvent({ entries }: Conversation, { id, type, data }: LiveEvent): Conversation {
  return { entries: next(entries, String(id), type, data as unknown as EventData), lastId: id };
}

/** Keys of all events; each has some of them. */
interface EventData {
  callId: string;
  text: string;
  messageId: string;
  tool: string;
  input: unknown;
  output: unknown;
  error?: { code: string; message: string; hint?: string };
  ok: boolean;
  replayed: boolean;
  durationMs: number;
  progress: { message?: string; phase: string };
  parameters: unknown;
  node: string;
  isLast: boolean;
  question: string;
  url: string;
  infos: string[];
  name: string;
  folder: string;
  code: string;
  message: string;
  hint?: string;
}

function next(entries: readonly Keyed[], id: string, type: string, data: EventData): readonly Keyed[] {
  const add = (entry: Entry, key = id) => [...entries, { ...entry, key }];
  switch (type) {
    case 'turn.started':
      return add({ kind: 'said', text: data.text });
    case 'run.started':
      return add({ kind: 'run', parameters: data.parameters });
    case 'turn.resumed':
    case 'run.continued':
      return add({ kind: 'resumed' });
    case 'answer.delta':
      return appended(entries, `message ${data.messageId}`, data.text, false);
    case 'node.message':
      // What the end says is the output, which comes as a whole.
      if (data.node === '' || data.node === 'End') return entries;
      return appended(entries, `node ${data.node}`, data.text, data.isLast);
    case 'answer.completed':
    case 'reply.requested':
      return answered(entries, id, data.text);
    case 'info.requested':
      return add({ kind: 'asked', text: data.infos.join(', ') });
    case 'question.asked':
      return add({ kind: 'asked', text: data.question });
    case 'authorization.requested':
      return add({ kind: 'asked', text: data.url || data.text });
    case 'run.completed':
      return [...closed(entries), { kind: 'output', output: data.output, key: id }];
    case 'tool.started': {
      const { tool, input } = data;
      return [
        ...closed(entries),
        { kind: 'tool', tool, input, status: 'running', key: `${data.callId} ${id}` },
      ];
    }
    case 'tool.progress':
      return changed(entries, data.callId, { progress: data.progress.message ?? data.progress.phase });
    case 'tool.finished':
      return finished(entries, id, data);
    case 'draft.installed':
      return add({ kind: 'draft', name: data.name, folder: data.folder, isInstalled: true });
    case 'draft.not_installed':
      return add({ kind: 'draft', isInstalled: false, ...pick(data) });
    case 'notice':
      return add({ kind: 'notice', code: data.code, message: data.message });
    case 'interrupt.unknown':
      return add({ kind: 'notice', code: 'INTERRUPT_UNKNOWN', message: JSON.stringify(data) });
    case 'turn.failed':
    case 'run.failed':
      return [...closed(entries), { kind: 'failed', key: id, ...pick(data) }];
    default:
      return entries;
  }
}

function pick({ name, folder, code, message, hint }: EventData) {
  return { name, folder, code, message, ...(hint === undefined ? {} : { hint }) };
}

/** Text that comes in pieces. */
function appended(entries: readonly Keyed[], key: string, text: string, isDone: boolean): readonly Keyed[] {
  const at = entries.findLastIndex((entry) => entry.kind === 'answer' && entry.key.startsWith(`${key} `));
  const entry = entries[at];
  if (entry?.kind !== 'answer' || entry.isDone) {
    return [...entries, { kind: 'answer', text, isDone, key: `${key} ${entries.length}` }];
  }
  return entries.with(at, { ...entry, text: entry.text + text, isDone });
}

/** The whole answer of a turn: what has been shown of it in pieces is not shown again. */
function answered(entries: readonly Keyed[], id: string, text: string): readonly Keyed[] {
  const open = entries.filter((entry) => entry.kind === 'answer' && !entry.isDone);
  const shown = open.map((entry) => (entry.kind === 'answer' ? entry.text : '')).join('\n');
  if (shown === text || text === '') return closed(entries);
  const rest = entries.filter((entry) => !open.includes(entry));
  return [...rest, { kind: 'answer', text, isDone: true, key: id }];
}

function closed(entries: readonly Keyed[]): readonly Keyed[] {
  return entries.map((entry) => (entry.kind === 'answer' ? { ...entry, isDone: true } : entry));
}

function changed(entries: readonly Keyed[], callId: string, change: Partial<ToolEntry>): readonly Keyed[] {
  const at = entries.findLastIndex((entry) => entry.kind === 'tool' && entry.key.startsWith(`${callId} `));
  const entry = entries[at];
  return entry?.kind === 'tool' ? entries.with(at, { ...entry, ...change }) : entries;
}

/** A call that never started has an end, too: what could not be run, or was done before. */
function finished(entries: readonly Keyed[], id: string, data: EventData): readonly Keyed[] {
  const { callId, tool, ok, replayed, durationMs, output, error } = data;
  const end = {
    status: ok ? ('done' as const) : ('failed' as const),
    durationMs,
    isReplayed: replayed,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
  };
  const isOpen = entries.some(
    (entry) => entry.kind === 'tool' && entry.status === 'running' && entry.key.startsWith(`${callId} `),
  );
  if (isOpen) return changed(entries, callId, end);
  return [...entries, { kind: 'tool', tool, input: undefined, key: `${callId} ${id}`, ...end }];
}
