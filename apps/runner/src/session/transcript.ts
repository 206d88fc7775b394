import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@cozecut/coze-transport';
import { UserError } from '@cozecut/problems';
import { asObject } from '../json-object.ts';
import type { ListenEvent } from './listen-event.ts';

/** Sessions that are kept; the oldest make way. */
const KEPT_SESSIONS = 50;

/** Writes the events of a session, one line each. */
export interface TranscriptFile {
  readonly file: string;
  /** Writes one event with its time. */
  add(event: ListenEvent): void;
}

/** Begins the transcript of a session; a disk that takes nothing does not stop the session. */
export function recordTranscript(folder: string, nowMs: number): TranscriptFile {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/g, '-');
  const file = join(folder, `${stamp}-${process.pid}.jsonl`);
  let isUsable = true;
  const attempt = (write: () => void) => {
    try {
      if (isUsable) write();
    } catch {
      isUsable = false;
    }
  };
  attempt(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const sessions = readdirSync(folder).filter((name) => /^\d{4}-.*\.jsonl$/.test(name));
    for (const old of sessions.sort().slice(0, -(KEPT_SESSIONS - 1)))
      rmSync(join(folder, old), { force: true });
  });
  return {
    file,
    add: (event) =>
      attempt(() => {
        const line = JSON.stringify({ at: new Date().toISOString(), ...event });
        appendFileSync(file, `${line}\n`, { mode: 0o600 });
      }),
  };
}

/**
 * Reads a transcript; a last line that is torn is left out.
 *
 * @throws UserError TRANSCRIPT_UNREADABLE, TRANSCRIPT_INVALID
 */
export function readTranscript(file: string): ListenEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('TRANSCRIPT_UNREADABLE', `cannot read the transcript ${file}`, { cause });
  }
  const isWhole = text.endsWith('\n');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, index) => {
    const event = readEvent(line);
    if (event) return [event];
    if (!isWhole && index === lines.length - 1) return [];
    throw new UserError('TRANSCRIPT_INVALID', `line ${index + 1} of ${file} is no event of listen`, {
      hint: 'give a file that listen --jsonl or a session has written',
    });
  });
}

function readEvent(line: string): ListenEvent | undefined {
  try {
    const event = asObject(JSON.parse(line));
    if (event === undefined || typeof event.type !== 'string' || !isWhole(event)) return undefined;
    const { at: _, ...rest } = event;
    return rest as unknown as ListenEvent;
  } catch {
    return undefined;
  }
}

/** Texts that are shown of an event; what else there is of them in it is text, too. Of other types nothing is shown. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  'turn.started': [],
  'turn.resumed': ['chatId'],
  'run.continued': ['eventId'],
  'answer.delta': ['text'],
  'answer.completed': ['text'],
  'reply.requested': ['text'],
  'info.requested': [],
  'node.message': ['node', 'text'],
  'run.completed': [],
  'tool.started': ['tool'],
  'tool.progress': [],
  'tool.finished': ['tool'],
  'run.resumed': [],
  'question.asked': ['node', 'question'],
  'authorization.requested': ['url', 'text'],
  'interrupt.unknown': ['data'],
  notice: ['code', 'message'],
  'draft.installed': ['folder'],
  'draft.not_installed': ['code', 'message'],
  'turn.failed': ['code', 'message'],
  'run.failed': ['code', 'message'],
};
const TEXTS = ['bot', 'workflow', 'messageId', 'text', 'hint'];
const NUMBERS = ['durationMs', 'count', 'interruptType'];

/** Whether an event has what is shown of it. */
function isWhole(event: JsonObject): boolean {
  const { type, infos, progress, error } = event;
  const shown = Object.hasOwn(SHOWN, type as string) ? SHOWN[type as string] : undefined;
  if (shown === undefined) return true;
  const isText = (value: unknown) => typeof value === 'string';
  return (
    shown.every((key) => isText(event[key])) &&
    TEXTS.every((key) => event[key] === undefined || isText(event[key])) &&
    NUMBERS.every((key) => event[key] === undefined || typeof event[key] === 'number') &&
    (type !== 'info.requested' || (Array.isArray(infos) && infos.every(isText))) &&
    (type !== 'tool.progress' || hasTexts(progress, ['message'])) &&
    (error === undefined || hasTexts(error, ['code', 'message']))
  );
}

/** Whether a value is an object whose keys of these names, where they are, are text. */
function hasTexts(value: unknown, names: readonly string[]): boolean {
  const object = asObject(value);
  return object !== undefined && names.every((name) => ['string', 'undefined'].includes(typeof object[name]));
}
