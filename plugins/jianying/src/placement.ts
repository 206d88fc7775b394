import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import {
  type CompiledDraft,
  checkStorePlace,
  DEFAULT_PROFILE,
  findProfile,
  type MarkerGeneration,
  type Profile,
  type Seed,
} from '@cozecut/draft-core';
import {
  assertEditorClosed,
  draftExists,
  draftToRegister,
  findSeed,
  listProcesses,
  registerDrafts,
  writeDraftZip,
} from '@cozecut/draft-core/node';
import type { ToolContext } from '@cozecut/plugin-host';
import { isUserError, type Problem, UserError } from '@cozecut/problems';
import { allowedPath } from './place.ts';

/** What to do with drafts besides writing their folders. */
export interface Placement {
  markerGeneration?: MarkerGeneration | undefined;
  /** Where to look for a draft of the app; the first that has one decides. */
  seedPlaces: readonly string[];
  /** Whether the folders lie in a draft root and are put into the list of the app. */
  register: boolean;
  /** Whether to do so while the app may be running. */
  force: boolean;
  zip: boolean;
}

/** Folders, and nothing else. */
export const FOLDERS_ONLY: Placement = { seedPlaces: [], register: false, force: false, zip: false };

/** The profile of a timeline; `undefined` when it names one that does not exist, which the compiler tells. */
export function profileOf({ profile = DEFAULT_PROFILE }: { profile?: unknown }): Profile | undefined {
  if (typeof profile !== 'string') return undefined;
  try {
    return findProfile(profile);
  } catch (error) {
    if (isUserError(error)) return undefined;
    throw error;
  }
}

/** The seeds of all apps that drafts are for, and a finding for each app that has none. */
export async function findSeeds(
  profiles: readonly Profile[],
  placement: Placement,
  context: ToolContext,
): Promise<{ byApp: Map<Profile['app'] | undefined, Seed>; problems: Problem[] }> {
  const byApp = new Map<Profile['app'] | undefined, Seed>();
  const problems: Problem[] = [];
  for (const app of new Set(profiles.map((profile) => profile.app))) {
    const found = await seedFor(app, placement, context);
    problems.push(...found.problems);
    if (found.seed !== undefined) byApp.set(app, found.seed);
  }
  return { byApp, problems };
}

async function seedFor(
  app: Profile['app'],
  { seedPlaces }: Placement,
  context: ToolContext,
): Promise<{ seed?: Seed; problems: Problem[] }> {
  if (seedPlaces.length === 0) return { problems: [] };
  for (const named of seedPlaces) {
    const place = await allowedPath(named, context);
    if (place === undefined) {
      throw new UserError('SEED_UNREADABLE', `a seed may not be read from ${JSON.stringify(named)}`, {
        hint: 'name a folder that this deployment allows',
      });
    }
    const seed = await findSeed({ place, app, signal: context.signal });
    if (seed !== undefined) return { seed, problems: [] };
  }
  const problem: Problem = {
    code: 'SEED_NOT_FOUND',
    severity: 'warning',
    message: `no draft that ${app} has saved in plain text in ${seedPlaces.join(', ')}; the markers of the profile are used`,
    hint: 'make a draft in the app, close the app and try again',
  };
  return { problems: [problem] };
}

/** Refuses to go on while an app is running whose list is to be changed. */
export async function refuseWhileRunning(
  profiles: readonly Profile[],
  { register, force }: Placement,
): Promise<void> {
  if (!register || force) return;
  for (const profile of new Set(profiles)) await assertEditorClosed(profile, listProcesses);
}

/** What is worth knowing about the place of drafts. */
export function checkPlaces(
  drafts: readonly CompiledDraft[],
  folders: readonly string[],
  { register }: Placement,
): Problem[] {
  return register ? drafts.flatMap((draft, index) => checkStorePlace(draft, folders[index]!)) : [];
}

/** Refuses to replace a file. */
export function refuseTakenZips(folders: readonly string[], { zip }: Placement): void {
  const taken = zip ? folders.map(zipOf).find((file) => existsSync(file)) : undefined;
  if (taken !== undefined) throw draftExists(taken);
}

/**
 * Writes the zips, runs `then`, and puts the drafts into the list of the app at last; zips are removed when something
 * fails.
 *
 * @returns What `then` gives, which gets the paths of the zips.
 */
export async function finish<T>(
  drafts: readonly CompiledDraft[],
  folders: readonly string[],
  root: string,
  placement: Placement,
  context: ToolContext,
  then: (zips: readonly string[]) => Promise<T>,
): Promise<T> {
  const { zip, register, force } = placement;
  const { signal } = context;
  const zips: string[] = [];
  try {
    for (const [index, draft] of zip ? drafts.entries() : []) {
      const file = zipOf(folders[index]!);
      await writeDraftZip(draft, file, { signal });
      zips.push(file);
    }
    const result = await then(zips);
    if (register) {
      await registerDrafts({
        root,
        drafts: drafts.map((draft, index) => draftToRegister(draft, folders[index]!)),
        listProcesses: force ? undefined : listProcesses,
        signal,
      });
    }
    return result;
  } catch (error) {
    for (const file of zips) await rm(file, { force: true });
    throw error;
  }
}

function zipOf(folder: string): string {
  return `${folder}.zip`;
}
