import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of a folder as it was left there. */
export interface FileFacts {
  /** Relative to the folder, with `/`. */
  path: string;
  bytes: number;
  /** Of the content, lower-case hex. */
  sha256: string;
  /** Changes whenever the file does, and when it is copied elsewhere. */
  stamp: string;
}

/** All files of a folder. */
export type FolderFacts = readonly FileFacts[];

/** What is in a folder, by path with `/`: the stamps of files, and nothing for folders, whose paths end with `/`. */
export type FolderLook = ReadonlyMap<string, { bytes: number; stamp: string } | undefined>;

/** Files that systems put into any folder that somebody looks at. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * What is in a folder now.
 *
 * @returns Nothing when it is no folder, holds anything but files and folders, or cannot be read.
 */
export function lookInto(folder: string): FolderLook | undefined {
  const found = new Map<string, { bytes: number; stamp: string } | undefined>();
  const isPlain = (path: string): boolean => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      if (LITTER.has(entry.name)) continue;
      const name = path + entry.name;
      if (entry.isDirectory()) {
        found.set(`${name}/`, undefined);
        if (!isPlain(`${name}/`)) return false;
      } else if (entry.isFile()) found.set(name, lookAt(join(folder, name)));
      else return false;
    }
    return true;
  };
  try {
    // A link to a folder is not ours, wherever it leads.
    if (!lstatSync(folder).isDirectory()) return undefined;
    return isPlain('') ? found : undefined;
  } catch {
    // What cannot be looked at cannot be told to be ours.
    return undefined;
  }
}

/** Size and stamp of a file. */
export function lookAt(file: string): { bytes: number; stamp: string } {
  const { size, ino, mtimeNs, ctimeNs } = lstatSync(file, { bigint: true });
  return { bytes: Number(size), stamp: `${ino} ${mtimeNs} ${ctimeNs}` };
}

/**
 * Whether a folder holds what was left there and nothing else. Only files whose stamp is another one are read: a folder
 * that came back from a backup is the same.
 *
 * @returns What is there, or nothing when it is something else.
 */
export async function recogniseFolder(folder: string, facts: FolderFacts): Promise<FolderLook | undefined> {
  const look = lookInto(folder);
  if (look === undefined || look.size !== entriesOf(facts)) return undefined;
  const moved: FileFacts[] = [];
  for (const file of facts) {
    const found = look.get(file.path);
    if (found?.bytes !== file.bytes) return undefined;
    if (found.stamp !== file.stamp) moved.push(file);
  }
  for (const { path, sha256 } of moved) {
    if ((await hashOf(join(folder, path))) !== sha256) return undefined;
  }
  return look;
}

/** Whether two looks into a folder found the same. */
export function isSameLook(one: FolderLook, other: FolderLook | undefined): boolean {
  if (one.size !== other?.size) return false;
  return [...one].every(([path, file]) => other.has(path) && other.get(path)?.stamp === file?.stamp);
}

/** How many files and folders there are. */
function entriesOf(facts: FolderFacts): number {
  const folders = new Set<string>();
  for (const { path } of facts)
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  return facts.length + folders.size;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}
