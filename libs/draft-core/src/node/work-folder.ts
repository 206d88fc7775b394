import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { freeName, isRunning, machinePrefix } from './temp.ts';

/** A place beside a folder or file that is being written, for as long as that takes. */
export interface WorkPlace extends AsyncDisposable {
  /** Absolute path of what is being made, which ends in a rename. */
  readonly building: string;
  /** Makes it: calls `make` with the path, at which there is nothing yet. */
  begin<T>(make: (building: string) => T): T;
  /**
   * Takes what is at a path in the parent away, to make room. When the process ends before `settled`, a sweep brings it
   * back.
   *
   * @returns Where it is now.
   * @throws ENOENT when there is nothing.
   */
  takeAside(path: string): string;
  /** Says that what was taken aside was looked at and may be replaced. */
  mayGo(): void;
  /** Brings back what was taken aside. */
  putBack(): void;
  /** Says that what was taken aside has been replaced. */
  settled(): void;
}

/** Where things are that were taken aside: before anybody has looked at them, after that, and in the end. */
const [UNSEEN, SEEN, GONE] = ['unseen', 'seen', 'gone'] as const;
const ASIDE = '-aside';

/**
 * A place in `parent`. All of this machine are in one folder, so that looking for what killed processes have left does
 * not mean looking through the whole of `parent`; it is there only as long as somebody is at work.
 */
export function openWorkPlace(parent: string): WorkPlace {
  const work = workFolder(parent);
  const building = join(work, `${process.pid}-${processStart()}-${randomUUID()}`);
  const aside = building + ASIDE;
  return {
    building,
    begin(make) {
      for (;;) {
        if (!existsSync(work)) mkdirSync(work, { recursive: true });
        try {
          return make(building);
        } catch (error) {
          // Another process was done and has removed the folder, unless the parent is gone.
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(work)) throw error;
        }
      }
    },
    takeAside(path) {
      mkdirSync(join(aside, UNSEEN), { recursive: true });
      const taken = join(aside, UNSEEN, basename(path));
      renameSync(path, taken);
      return taken;
    },
    mayGo: () => renameSync(join(aside, UNSEEN), join(aside, SEEN)),
    putBack() {
      for (const kept of [UNSEEN, SEEN]) bringBack(join(aside, kept), parent);
      // Somebody else was faster to replace it.
      if (existsSync(join(aside, SEEN))) renameSync(join(aside, SEEN), join(aside, GONE));
    },
    settled: () => renameSync(join(aside, SEEN), join(aside, GONE)),
    async [Symbol.asyncDispose]() {
      if (existsSync(building)) await rm(building, { recursive: true, force: true });
      if (existsSync(aside)) {
        await rm(join(aside, GONE), { recursive: true, force: true });
        // What could not be brought back stays.
        for (const path of [join(aside, UNSEEN), join(aside, SEEN), aside]) await removeIfEmpty(path);
      }
      await removeIfEmpty(work);
    },
  };
}

/** Removes what killed processes of this machine have left in the work folder; what they took away comes back. */
export async function sweepWork(parent: string): Promise<void> {
  const work = workFolder(parent);
  if (!existsSync(work)) return;
  const own = `${process.pid}-${processStart()}-`;
  for (const name of namesIn(work)) {
    if (name.startsWith(own)) continue;
    const pid = Number(name.split('-')[0]);
    // In a container, the next process has the id of the one before.
    if (pid !== process.pid && isRunning(pid)) continue;
    if (name.endsWith(ASIDE)) for (const kept of [UNSEEN, SEEN]) bringBack(join(work, name, kept), parent);
    await rm(join(work, name), { recursive: true, force: true });
  }
  await removeIfEmpty(work);
}

/** What may be replaced comes back only to a place that is empty, where it was not replaced yet. */
function bringBack(folder: string, parent: string): void {
  for (const name of namesIn(folder)) {
    if (basename(folder) === SEEN && existsSync(join(parent, name))) continue;
    try {
      renameSync(join(folder, name), join(parent, freeName(parent, name)));
    } catch (error) {
      // Another process does the same.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

function workFolder(parent: string): string {
  return join(parent, `${machinePrefix()}work`);
}

/** Tells this process from a former one with the same id. */
function processStart(): string {
  return Math.trunc(performance.timeOrigin).toString(36);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Not at once: while others sync, the file system may take its time. */
async function removeIfEmpty(folder: string): Promise<void> {
  if (namesIn(folder).length > 0) return;
  await rmdir(folder).catch(() => undefined);
}
