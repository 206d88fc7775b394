import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { type CallJournal, journalOver } from './journal.ts';
import { createJournalState, type JournalEntry, type JournalState, parseEntry } from './journal-state.ts';

/** A journal in files. */
export interface FileJournal extends CallJournal {
  /** Nothing is written afterwards; a journal that remembers nothing leaves no file. */
  close(): Promise<void>;
}

/** The process that a journal belongs to. */
export interface JournalOwner {
  pid: number;
  /** Unix time in milliseconds at which this process began. */
  startedMs: number;
  /** Unix time in milliseconds at which the machine was certainly not yet running; default: not known. */
  offMs?: number;
  /** Whether there is a process of this id. */
  isRunning(pid: number): boolean;
}

/** A file of this size that holds nothing that is still needed is emptied. */
const MAX_IDLE_BYTES = 1024 * 1024;
const NAME = /^(\d+)-(\d+)-[\w-]+\.jsonl$/;

/**
 * Opens the journal of this process in a folder. Every process has a file of its own; what processes that are gone
 * have left there is taken over. An entry counts once it is on the disk.
 *
 * @throws UserError JOURNAL_FAILED when the folder or a file cannot be used.
 */
export async function openJournal(folder: string, owner: JournalOwner = thisProcess()): Promise<FileJournal> {
  try {
    // Outputs of tools are nobody else's business.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const state = createJournalState();
    const file = join(folder, `${owner.pid}-${Date.now()}-${randomUUID()}.jsonl`);
    const inherited = await takeOver(folder, file, owner, state);
    const handle = await open(file, 'a', 0o600);
    // What was left is written into the own file before the files it came from go away.
    await append(handle, state.entries());
    for (const one of inherited) await rm(one, { force: true });
    return journalIn(handle, file, state);
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    throw new UserError(
      'JOURNAL_FAILED',
      `cannot keep a journal of tool calls in ${folder}: ${cause.message}`,
      {
        hint: 'set COZECUT_STORE to a folder that you may write to',
        cause,
      },
    );
  }
}

function journalIn(handle: FileHandle, file: string, state: JournalState): FileJournal {
  let waiting: JournalEntry[] = [];
  let writtenBytes = 0;
  let last: Promise<void> = Promise.resolve();
  // Entries that come while one is written travel together: one sync serves them all.
  const write = (entry: JournalEntry): Promise<void> => {
    waiting.push(entry);
    if (waiting.length === 1) {
      last = last
        .catch(() => {})
        .then(async () => {
          const batch = waiting;
          waiting = [];
          writtenBytes += await append(handle, batch);
          if (writtenBytes < MAX_IDLE_BYTES || waiting.length > 0 || state.entries().length > 0) return;
          await handle.truncate();
          writtenBytes = 0;
        });
    }
    return last;
  };
  return {
    ...journalOver(write, state),
    async close() {
      await last.catch(() => {});
      await handle.close();
      if (state.entries().length === 0) await rm(file, { force: true });
    },
  };
}

/** Writes entries, begun on a new line in case that what was written before is torn; how many bytes there were. */
async function append(handle: FileHandle, entries: readonly JournalEntry[]): Promise<number> {
  if (entries.length === 0) return 0;
  const bytes = Buffer.from(`\n${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
  await handle.appendFile(bytes);
  await handle.datasync();
  return bytes.length;
}

/** Reads the files of processes that are gone; each is claimed by a rename, which only one process succeeds in. */
async function takeOver(
  folder: string,
  own: string,
  owner: JournalOwner,
  state: JournalState,
): Promise<string[]> {
  const claimed: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const [, pid, madeMs] = NAME.exec(name) ?? [];
    if (pid === undefined || !isLeft(Number(pid), Number(madeMs), owner)) continue;
    const claim = own.replace(/\.jsonl$/, `-${claimed.length}.jsonl`);
    const isOurs = await rename(join(folder, name), claim).then(
      () => true,
      () => false,
    );
    if (!isOurs) continue;
    claimed.push(claim);
    for (const line of (await readFile(claim, 'utf8')).split('\n')) {
      const entry = parseEntry(line);
      if (entry) state.apply(entry);
    }
  }
  return claimed;
}

/**
 * Ids of processes come back: a file with our own id that is older than this process is not ours, and whoever has the
 * id of a file from before the machine was started is somebody else.
 */
function isLeft(pid: number, madeMs: number, owner: JournalOwner): boolean {
  const { pid: ownPid, startedMs, offMs = Number.NEGATIVE_INFINITY, isRunning } = owner;
  if (madeMs < offMs) return true;
  return pid === ownPid ? madeMs < startedMs : !isRunning(pid);
}

/** A clock that is set right after the start moves the time of the start by so much at most, in milliseconds. */
const CLOCK_STEP_MS = 60_000;

function thisProcess(): JournalOwner {
  return {
    pid: process.pid,
    startedMs: performance.timeOrigin,
    offMs: Date.now() - uptime() * 1_000 - CLOCK_STEP_MS,
    isRunning(pid) {
      try {
        process.kill(pid, 0);
        return true;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM';
      }
    },
  };
}
