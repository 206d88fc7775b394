import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheFolders } from './folders.ts';

/** How a download began. */
export interface PartStart {
  /** Strong `ETag`, or `Last-Modified`, that the rest must still belong to. */
  validator: string;
  /** Size of the whole, when it was announced. */
  totalBytes: number | undefined;
}

/** A download that is not finished. Whoever has claimed it is the only one to write to it. */
export interface Part {
  /** Absolute path of what has arrived. */
  readonly data: string;
  /** Bytes that have arrived. */
  bytes(): Promise<number>;
  /** How it began; nothing when it cannot go on. */
  start(): PartStart | undefined;
  /** Throws away what has arrived and begins anew; without a start it will not go on after an interruption. */
  begin(start: PartStart | undefined): Promise<void>;
  /** Lets it go: for the next one when it is useful and can go on, for good otherwise. */
  leave(isUseful: boolean): Promise<void>;
}

/** The key in the name of a claimed part, or nothing. */
export function keyOfPart(name: string): string | undefined {
  return /^([0-9a-f]{64})\..*\.part$/.exec(name)?.[1];
}

/** Claims what there is of the address `key`, or an empty part. */
export async function claimPart(
  folders: CacheFolders,
  leaseFolder: string,
  key: string,
  uuid: string,
): Promise<Part> {
  const folder = join(leaseFolder, `${key}.${uuid}.part`);
  const data = join(folder, 'data');
  const startFile = join(folder, 'start.json');
  await rename(join(folders.parts, key), folder).catch(() => mkdir(folder));
  let start = readStart(await readFile(startFile, 'utf8').catch(() => ''));

  const part: Part = {
    data,
    bytes: () =>
      stat(data).then(
        ({ size }) => size,
        () => 0,
      ),
    start: () => start,
    async begin(next) {
      start = next;
      // Empty before it belongs to the new start, whenever the power fails.
      await writeFile(data, '');
      if (next === undefined) await rm(startFile, { force: true });
      else await writeFile(startFile, JSON.stringify(next));
    },
    async leave(isUseful) {
      if (isUseful && start !== undefined && (await part.bytes()) > 0) await giveBack(folders, key, folder);
      else await rm(folder, { recursive: true, force: true });
    },
  };
  return part;
}

/** Puts the part in `folder` where the next one finds it, unless there is one already. */
export async function giveBack(folders: CacheFolders, key: string, folder: string): Promise<void> {
  await mkdir(folders.parts, { recursive: true });
  await rename(folder, join(folders.parts, key)).catch(() => rm(folder, { recursive: true, force: true }));
}

function readStart(text: string): PartStart | undefined {
  try {
    const { validator, totalBytes } = JSON.parse(text) as Record<string, unknown>;
    if (typeof validator !== 'string') return undefined;
    return { validator, totalBytes: typeof totalBytes === 'number' ? totalBytes : undefined };
  } catch {
    return undefined;
  }
}
