import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import type { ManifestCache } from '@cozecut/manifest/loader';
import program from '../../package.json' with { type: 'json' };

/** Manifests that are kept at most; the ones that were written longest ago go first. */
const MOST_KEPT = 50;

/** Reading a larger file back is not worth it. */
const MOST_CHARACTERS = 4 << 20;

/** What wrote a file: the version, and the name of this chunk of the bundle, which holds a hash of its content. */
const WRITER = `cozecut ${program.version} ${basename(import.meta.url)}`;

/** The variables that the folder depends on. */
export type CacheEnvironment = Readonly<Partial<Record<'HOME' | 'LOCALAPPDATA' | 'XDG_CACHE_HOME', string>>>;

/**
 * Keeps what was read of manifests in the cache folder of this person: a file for each, which only they can read and
 * whose first line says what wrote it and proves that all of it is there. Whatever cannot be read or written, or is
 * somebody else's, counts as not there.
 *
 * @param env - Of the process alone: a `.env` file comes with the plugin, and says nothing about this machine.
 */
export function manifestCache(env: CacheEnvironment): ManifestCache | undefined {
  const folder = cacheFolder(env);
  if (folder === undefined) return undefined;
  const fileOf = (manifest: string) => join(folder, `${fingerprint(manifest)}.json`);
  return {
    get: (manifest) => attempt(() => readOwn(folder, fileOf(manifest))),
    put: (manifest, text) => {
      if (text.length <= MOST_CHARACTERS) attempt(() => writeOwn(folder, fileOf(manifest), text));
    },
  };
}

function cacheFolder(env: CacheEnvironment): string | undefined {
  const base =
    process.platform === 'win32'
      ? env.LOCALAPPDATA
      : env.XDG_CACHE_HOME || join(attempt(homedir) ?? '', '.cache');
  return base !== undefined && isAbsolute(base) ? join(base, 'cozecut', 'manifests') : undefined;
}

function readOwn(folder: string, file: string): string | undefined {
  if (!isOwn(lstatSync(folder))) return undefined;
  // Not defined on Windows.
  const noLink = constants.O_NOFOLLOW ?? 0;
  const descriptor = openSync(file, constants.O_RDONLY | noLink);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || !isOwn(status)) return undefined;
    const content = readFileSync(descriptor, 'utf8');
    const start = content.indexOf('\n') + 1;
    const text = content.slice(start);
    return content.slice(0, start) === headOf(text) ? text : undefined;
  } finally {
    closeSync(descriptor);
  }
}

function writeOwn(folder: string, file: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isOwn(lstatSync(folder))) return;
  const temporary = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    // Not flushed to the disk: what a crash leaves of it has another fingerprint.
    writeFileSync(temporary, headOf(text) + text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  removeOldest(folder);
}

function removeOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= MOST_KEPT) return;
  const files = names.map((name) => join(folder, name));
  const ages = new Map(files.map((file) => [file, lstatSync(file).mtimeMs]));
  const newestFirst = files.toSorted((a, b) => ages.get(b)! - ages.get(a)!);
  for (const file of newestFirst.slice(MOST_KEPT)) rmSync(file, { force: true });
}

/** Whether something belongs to this person, and nobody else can change it; Windows sees to that by itself. */
function isOwn({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

function headOf(text: string): string {
  return `${WRITER} ${fingerprint(text)}\n`;
}

/** 64 bits that differ when a text was damaged. Loading the hashes of Node takes longer than all the rest of this. */
function fingerprint(text: string): string {
  let [one, other] = [0x811c9dc5, 0x9747b28c];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
    other ^= other >>> 15;
  }
  return [one, other].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
