import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import type { JsonObject } from '../compile/compiled-draft.ts';
import { type Donor, readDonor, seedOf } from '../compile/donor.ts';
import type { Seed } from '../compile/seed.ts';
import { META_NAME } from '../drafts/layout.ts';
import type { Profile } from '../profiles/profile.ts';

/** Options of {@link findSeed}. */
export interface FindSeedOptions {
  /** Absolute path of a timeline file, of a draft folder or of a draft root. */
  place: string;
  /** The app that the seed is for. */
  app: Profile['app'];
  signal?: AbortSignal | undefined;
}

/** Timeline documents, in the draft folder and in each folder below `Timelines`. */
const TIMELINES = ['draft_content.json', 'draft_info.json', 'template-2.tmp'];
/** Empty forms beside encrypted timelines. */
const FORMS = ['template.tmp', 'template.json'];
/** Folder of the copies that the app keeps, each in a folder of its own. */
const NESTED = 'Timelines';

interface Candidate {
  file: string;
  mtimeMs: number;
  donor: Donor;
}

/**
 * Looks for a draft to take markers and keys from: the newest one that the app has saved in plain text, by the version
 * of the app, then by time. When there is none, the newest empty form gives the names of its keys. A file that is
 * named itself is taken as it is.
 *
 * @returns Nothing when nothing is there, or no draft of the app to take anything from.
 * @throws UserError SEED_UNREADABLE when `place` cannot be read, or is a file that is no timeline.
 */
export async function findSeed({ place, app, signal }: FindSeedOptions): Promise<Seed | undefined> {
  const info = await stat(place).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw notReadable(place, 'nothing can be read there', cause);
  });
  if (info === undefined) return undefined;
  if (!info.isDirectory()) return seedOf(await readFileAsked(place), place, app);
  const candidates: Candidate[] = [];
  for (const folder of await draftFolders(place)) {
    signal?.throwIfAborted();
    candidates.push(...(await candidatesIn(folder)));
  }
  const best = candidates.filter(({ donor }) => donor.app === undefined || donor.app === app).sort(byRank)[0];
  return best === undefined ? undefined : seedOf(best.donor, best.file, app);
}

async function readFileAsked(file: string): Promise<Donor> {
  const donor = await readTimeline(file);
  if (donor === 'opaque') throw notReadable(file, 'it is encrypted, or no JSON object');
  if (donor === 'missing') throw notReadable(file, 'it cannot be read');
  if (donor.markers === undefined && !('tracks' in donor.keys)) throw notReadable(file, 'it is no timeline');
  return donor;
}

/** The folder itself when it is that of a draft, else those in it. */
async function draftFolders(place: string): Promise<string[]> {
  const entries = await readdir(place, { withFileTypes: true }).catch((cause: unknown) => {
    throw notReadable(place, 'the folder cannot be listed', cause);
  });
  if (entries.some(({ name }) => [META_NAME, NESTED, ...TIMELINES].includes(name))) return [place];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(place, name));
}

async function candidatesIn(folder: string): Promise<Candidate[]> {
  const timelines = join(folder, NESTED);
  const nested = await readdir(timelines, { withFileTypes: true }).catch(() => []);
  const folders = [
    folder,
    ...nested.filter((entry) => entry.isDirectory()).map(({ name }) => join(timelines, name)),
  ];
  const found: Candidate[] = [];
  // Once the app encrypts, what is still plain is older than what it has saved, and may be anyone's.
  let isTakenOver = (await readTimeline(join(folder, META_NAME))) === 'opaque';
  for (const one of folders) {
    for (const name of [...TIMELINES, ...FORMS]) {
      const file = join(one, name);
      const donor = await readTimeline(file);
      if (donor === 'opaque') isTakenOver ||= TIMELINES.includes(name);
      else if (donor !== 'missing') found.push({ file, donor, mtimeMs: (await stat(file)).mtimeMs });
    }
  }
  return found.flatMap((candidate): Candidate[] => {
    const { file, donor } = candidate;
    if (FORMS.some((name) => file.endsWith(name)) && 'tracks' in donor.keys)
      return [{ ...candidate, donor: { ...donor, markers: undefined } }];
    return donor.markers !== undefined && donor.isByApp && !isTakenOver ? [candidate] : [];
  });
}

/** What a timeline file says; most files of an app that encrypts are told by their first byte. */
async function readTimeline(file: string): Promise<Donor | 'opaque' | 'missing'> {
  try {
    if (!(await startsLikeJson(file))) return 'opaque';
    const value: unknown = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
    return readDonor(value as JsonObject);
  } catch (error) {
    return error instanceof SyntaxError ? 'opaque' : 'missing';
  }
}

async function startsLikeJson(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return /^\uFEFF?\s*\{/.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Drafts with markers first, then newer apps, then newer files. */
function byRank(a: Candidate, b: Candidate): number {
  const versions = [b, a].map(({ donor }) => donor.markers?.appVersion ?? '0');
  return compareVersions(versions[0]!, versions[1]!) || b.mtimeMs - a.mtimeMs;
}

function compareVersions(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => text.split(/[^\d]+/).map(Number));
  for (let index = 0; index < Math.max(one!.length, other!.length); index++) {
    const difference = (one![index] ?? 0) - (other![index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function notReadable(place: string, why: string, cause?: unknown): UserError {
  return new UserError('SEED_UNREADABLE', `cannot take a seed from ${place}: ${why}`, {
    hint: 'name a draft folder that the app has saved in plain text, or leave the seed out',
    cause,
  });
}
