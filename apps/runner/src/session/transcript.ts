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

/** Whether an event has what is shown of it. */
function isWhole({ type, text, infos, progress }: JsonObject): boolean {
  switch (type) {
    case 'answer.delta':
    case 'answer.completed':
    case 'reply.requested':
      return typeof text === 'string';
    case 'info.requested':
      return Array.isArray(infos);
    case 'tool.progress':
      return asObject(progress) !== undefined;
    default:
      return true;
  }
}
