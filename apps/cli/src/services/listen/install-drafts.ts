import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { detectProfile } from '@cozecut/draft-core';
import {
  type FolderFacts,
  findDraftRoots,
  type InstallOptions,
  installDraft,
  listProcesses,
  openDraft,
  recogniseFolder,
  registerDraftFolder,
  type SystemFolders,
} from '@cozecut/draft-core/node';
import { isUserError } from '@cozecut/problems';
import type { DraftEvent } from '@cozecut/runner';
import type { DraftStore, FolderWrite } from '@cozecut/store';
import { type Environment, setting } from '../../settings.ts';

/** Where the drafts of a session go. */
export interface DraftPlace {
  /** Folder that tools write drafts into; the store when it is missing. */
  root: string | undefined;
  /** Puts a draft that a tool wrote into the list of its app; nothing when it was written elsewhere on purpose. */
  install(draft: WrittenDraft, drafts: CopyRecord): Promise<DraftEvent | undefined>;
}

/** A draft that a tool wrote. */
export interface WrittenDraft {
  id: string;
  revision: number;
  /** Absolute path. */
  folder: string;
}

/** Where it is kept what was copied to the folder of an app. */
export type CopyRecord = Pick<DraftStore, 'writes' | 'writing' | 'copied'>;

/**
 * Finds the draft folder of the app: `DRAFT_ROOT`, else the one of this system. Where both apps are, drafts are written
 * into the store and copied to the app they are for; where none is, they stay in the store. A copy is replaced by that of
 * a later state as long as nobody has changed it.
 */
export async function findDraftPlace(
  env: Environment,
  folder: string,
  system: SystemFolders = {
    platform: process.platform,
    home: homedir(),
    localAppData: env.LOCALAPPDATA,
  },
): Promise<DraftPlace> {
  const chosen = setting(env, 'DRAFT_ROOT');
  const there = (await findDraftRoots(system)).filter(({ isThere }) => isThere);
  const apps = new Set(there.map(({ app }) => app));
  const root =
    chosen === undefined ? (apps.size === 1 ? there[0]!.path : undefined) : resolve(folder, chosen);
  return {
    root,
    install: (draft, drafts) =>
      telling(draft.folder, root === undefined ? 'install' : 'edit register', async () => {
        const { folder: source } = draft;
        if (root !== undefined) return dirname(source) === root ? register(source) : undefined;
        if (apps.size === 0) return undefined;
        return copy(draft, drafts, { system, listProcesses, uuid: randomUUID, now: Date.now });
      }),
  };
}

async function copy(
  { id, revision, folder: source }: WrittenDraft,
  drafts: CopyRecord,
  common: Pick<InstallOptions, 'system' | 'listProcesses' | 'uuid' | 'now'>,
): Promise<{ folder: string; app: 'jianying' | 'capcut' }> {
  let write: FolderWrite | undefined;
  const installed = await installDraft({
    source,
    ...common,
    async mayReplace(folder) {
      for (const { facts } of await drafts.writes(id, folder))
        if ((await recogniseFolder(folder, (facts as CopyFacts).files)) !== undefined) return true;
      return false;
    },
    async beforePlacing(folder, files) {
      const facts: CopyFacts = { files };
      write = { id: randomUUID(), folder, revision, facts };
      await drafts.writing(id, write);
    },
  });
  await drafts.copied(id, write!);
  return { folder: installed.folder, app: installed.profile.app };
}

/** What is known of a copy. */
interface CopyFacts {
  files: FolderFacts;
}

async function register(folder: string): Promise<{ folder: string; app: 'jianying' | 'capcut' }> {
  const opened = await openDraft(folder);
  await registerDraftFolder(opened, { now: Date.now, uuid: randomUUID, listProcesses });
  const timeline = opened.timeline;
  const content = timeline?.value(timeline.root) as Record<string, unknown> | undefined;
  return { folder, app: detectProfile(content ?? {})?.app ?? 'jianying' };
}

/** A draft that cannot be listed is there all the same: the tool has done its work. */
async function telling(
  draft: string,
  command: string,
  install: () => Promise<{ folder: string; app: 'jianying' | 'capcut' } | undefined>,
): Promise<DraftEvent | undefined> {
  try {
    const installed = await install();
    return installed && { type: 'draft.installed', name: basename(installed.folder), ...installed };
  } catch (error) {
    const { message } = error as Error;
    const code = isUserError(error) ? error.code : 'INTERNAL';
    const hint =
      code === 'EDITOR_RUNNING'
        ? `close the app, then: cozecut draft ${command} ${JSON.stringify(draft)}`
        : isUserError(error)
          ? error.hint
          : undefined;
    const facts = { name: basename(draft), folder: draft, code, message };
    return { type: 'draft.not_installed', ...facts, ...(hint === undefined ? {} : { hint }) };
  }
}
