import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsync, lstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '@cozecut/problems';

/** Start of the names of folders and files under construction. */
export const TEMP_PREFIX = '.cozecut-';

/** Start of the names that this process uses: it says whose they are, so that an orphan can be told. */
export function ownTempPrefix(): string {
  return `${machinePrefix()}${process.pid}-`;
}

/** Removes what processes of this machine that are gone have left in a folder; a kill gives them no chance to. */
export async function sweepOrphans(folder: string): Promise<void> {
  const prefix = machinePrefix();
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(/^\d+/.exec(name.slice(prefix.length))?.[0]);
    if (pid > 0 && !isRunning(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

let prefix: string | undefined;

/** Start of the names of this machine. The folder may be shared with other machines, whose processes cannot be seen from here. */
export function machinePrefix(): string {
  prefix ??= `${TEMP_PREFIX}${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}-`;
  return prefix;
}

/** Whether a process of this machine is alive. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const syncFile = promisify(fsync);

/** Makes sure that the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: number;
  try {
    handle = openSync(folder, 'r');
  } catch {
    // Windows cannot open folders; there the rename is as durable as it gets.
    return;
  }
  try {
    await syncFile(handle);
  } catch {
    // Some file systems do not sync folders.
  } finally {
    closeSync(handle);
  }
}

/** The errors of the file system that a person can fix, as such; others come back as they are. */
export function explainFsError(error: unknown, target: string): unknown {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new UserError('DISK_FULL', `no space left to write ${target}`, {
        hint: 'free some space and try again; nothing was left behind',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError('FOLDER_NOT_WRITABLE', `not allowed to write ${target}`, {
        hint: 'choose another folder, or change its permissions',
        cause: error,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new UserError('FOLDER_NOT_WRITABLE', `part of the path ${target} is not a folder`, {
        cause: error,
      });
    default:
      return error;
  }
}

/**
 * Makes a folder, and those above it that are missing; what is made survives a power cut.
 *
 * @returns The first folder that was made; nothing when all were there.
 */
export async function makeFolders(folder: string): Promise<string | undefined> {
  // To make a folder that is there waits for others who sync it; to look does not.
  if (existsSync(folder) && statSync(folder).isDirectory()) return undefined;
  const firstMade = mkdirSync(folder, { recursive: true });
  if (firstMade === undefined) return undefined;
  for (let one = folder; one !== dirname(firstMade); one = dirname(one)) await syncFolder(dirname(one));
  return firstMade;
}

/** Whether there is something at a path; a link counts, wherever it leads. */
export async function exists(path: string): Promise<boolean> {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false;
    throw error;
  }
}

/** The first of `name`, `name (2)`, … that is not taken in a folder. */
export function freeName(parent: string, name: string): string {
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${name} (${count})`;
    if (!existsSync(join(parent, free))) return free;
  }
}

/** Removes the folders that were made on the way to `folder`, as far as they are still empty. */
export async function removeEmpty(folder: string, firstMade: string): Promise<void> {
  for (let one = folder; one !== dirname(firstMade); one = dirname(one)) {
    const error = await rmdir(one).catch((reason: unknown) => reason);
    if (error !== undefined) return;
  }
}
