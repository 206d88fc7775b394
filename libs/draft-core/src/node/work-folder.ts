import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { freeName, isRunning, machinePrefix } from './temp.ts';

/** A place beside a folder or file that is being written, for as long as that takes. */
export interface WorkPlace extends AsyncDisposable {
  /** Absolute path of what is being made; nothing is there yet. */
  readonly building: string;
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

/** What was taken aside before anybody has looked at it, and afterwards. */
const [UNSEEN, SEEN, GONE] = ['unseen', 'seen', 'gone'] as const;

/**
 * Makes a place in `parent` for work that ends in a rename. All of this machine are in one folder, so that looking for
 * what killed processes have left does not mean looking through the whole of `parent`; it is there only as long as
 * somebody is at work.
 */
export function openWorkPlace(parent: string): WorkPlace {
  const work = workFolder(parent);
  const own = join(work, `${process.pid}-${processStart()}-${randomUUID()}`);
  const building = join(own, 'new');
  makeIn(work, own);
  return {
    building,
    takeAside(path) {
      mkdirSync(join(own, UNSEEN));
      const aside = join(own, UNSEEN, basename(path));
      renameSync(path, aside);
      return aside;
    },
    mayGo: () => renameSync(join(own, UNSEEN), join(own, SEEN)),
    putBack() {
      for (const kept of [UNSEEN, SEEN]) bringBack(join(own, kept), parent);
      // Somebody else was faster to replace it.
      if (existsSync(join(own, SEEN))) renameSync(join(own, SEEN), join(own, GONE));
    },
    settled: () => renameSync(join(own, SEEN), join(own, GONE)),
    async [Symbol.asyncDispose]() {
      if (!removeIfEmpty(own)) {
        for (const path of [building, join(own, GONE)]) await rm(path, { recursive: true, force: true });
        // What could not be brought back stays.
        for (const path of [join(own, UNSEEN), join(own, SEEN), own]) removeIfEmpty(path);
      }
      removeIfEmpty(work);
    },
  };
}

/** Removes what killed processes of this machine have left in the work folder; what they took away comes back. */
export async function sweepWork(parent: string): Promise<void> {
  const work = workFolder(parent);
  if (!existsSync(work)) return;
  for (const name of namesIn(work)) {
    const [pid, start] = name.split('-');
    // In a container, the next process has the id of the one before.
    const isOther = Number(pid) === process.pid && start !== processStart();
    if (!isOther && isRunning(Number(pid))) continue;
    const own = join(work, name);
    bringBack(join(own, UNSEEN), parent);
    bringBack(join(own, SEEN), parent);
    await rm(own, { recursive: true, force: true });
  }
  removeIfEmpty(work);
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

function makeIn(work: string, own: string): void {
  for (;;) {
    mkdirSync(work, { recursive: true });
    try {
      mkdirSync(own);
      return;
    } catch (error) {
      // Somebody else was done and has removed it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
