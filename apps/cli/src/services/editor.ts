import { randomUUID } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { DEFAULT_PROFILE, detectProfile, findProfile } from '@cozecut/draft-core';
import { assertEditorClosed, listProcesses, openDraft, registerDraftFolder } from '@cozecut/draft-core/node';
import type { Editor, InstalledInEditor } from '@cozecut/server';
import { type Environment, setting } from '../settings.ts';
import { installDraftAt } from './install-draft.ts';

/** The editor of this machine, for a server on it; nothing when there is no place that it would look at. */
export function editorHere(env: Environment, folder: string): Editor | undefined {
  const named = setting(env, 'DRAFT_ROOT');
  const root = named === undefined ? undefined : resolve(folder, named);
  if (root === undefined && process.platform !== 'win32' && process.platform !== 'darwin') return undefined;
  return {
    async install({ source, folder: written, name, replace, force }) {
      // A draft that was written where the editor looks only has to be put into its list.
      if (root !== undefined && written !== undefined && dirname(written) === root)
        return listHere(written, force);
      const {
        folder: place,
        profile,
        problems,
      } = await installDraftAt({
        draft: source,
        root,
        name,
        replace,
        force,
        dryRun: false,
        env,
        folder,
      });
      return { folder: place, app: profile.app, problems };
    },
  };
}

async function listHere(folder: string, force: boolean): Promise<InstalledInEditor> {
  const opened = await openDraft(folder);
  const content = opened.timeline?.value(opened.timeline.root) as Record<string, unknown> | undefined;
  const profile = (content && detectProfile(content)) ?? findProfile(DEFAULT_PROFILE);
  if (!force) await assertEditorClosed(profile, listProcesses);
  await registerDraftFolder(opened, { now: Date.now, uuid: randomUUID, profile });
  return { folder, app: profile.app, problems: [] };
}
