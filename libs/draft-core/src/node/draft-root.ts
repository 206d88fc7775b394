import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Profile } from '../profiles/profile.ts';

/** Folders of the user whose drafts are meant. */
export interface SystemFolders {
  /** As in `process.platform`. */
  platform: string;
  /** Home folder. */
  home: string;
  /** `%LOCALAPPDATA%`; Windows only. */
  localAppData?: string | undefined;
}

/** A folder in which an app may keep its drafts. */
export interface DraftRoot {
  app: Profile['app'];
  path: string;
  /** Whether the user has moved it there. */
  isMoved: boolean;
  /** Whether there is such a folder. */
  isThere: boolean;
}

/** The largest file of settings that is looked at. */
const MAX_SETTINGS_BYTES = 1024 * 1024;

/** Where an app keeps its drafts unless the user has moved them; `undefined` on systems that it does not run on. */
export function draftRootOf(app: Profile['app'], system: SystemFolders): string | undefined {
  const data = userData(app, system);
  return data === undefined ? undefined : join(data, 'Projects', 'com.lveditor.draft');
}

/** Every folder in which the apps of this system may keep their drafts; a moved one stands before the usual one. */
export async function findDraftRoots(system: SystemFolders): Promise<DraftRoot[]> {
  const roots: DraftRoot[] = [];
  for (const app of ['jianying', 'capcut'] as const) {
    const data = userData(app, system);
    const usual = draftRootOf(app, system);
    if (data === undefined || usual === undefined) continue;
    const moved = system.platform === 'win32' ? await readMovedRoot(data) : undefined;
    if (moved !== undefined && moved !== usual)
      roots.push({ app, path: moved, isMoved: true, isThere: await isFolder(moved) });
    roots.push({ app, path: usual, isMoved: false, isThere: await isFolder(usual) });
  }
  return roots;
}

/**
 * The folder that the settings of an app on Windows name for its drafts. An assumption, from one report about newer
 * builds: `Config\Modules\draft_tracking.ini` has the path in base64. The name of its key is not on record, so the first
 * value that decodes to an absolute path is taken.
 */
export function movedRootOf(settings: string): string | undefined {
  for (const line of settings.split(/\r?\n/)) {
    const value = /^\s*[^;#[=]+=\s*"?([A-Za-z0-9+/]{4,}={0,2})"?\s*$/.exec(line)?.[1];
    const path = value === undefined ? undefined : decodeBase64(value);
    if (path !== undefined && /^(?:[a-z]:[\\/]|\\\\|\/)\P{Cc}+$/iu.test(path)) return path;
  }
  return undefined;
}

function decodeBase64(value: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'base64'));
  } catch {
    return undefined;
  }
}

async function readMovedRoot(data: string): Promise<string | undefined> {
  const file = join(data, 'Config', 'Modules', 'draft_tracking.ini');
  try {
    const { size } = await stat(file);
    return size > MAX_SETTINGS_BYTES ? undefined : movedRootOf(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function userData(app: Profile['app'], { platform, home, localAppData }: SystemFolders): string | undefined {
  const tail = [app === 'jianying' ? 'JianyingPro' : 'CapCut', 'User Data'];
  if (platform === 'darwin') return join(home, 'Movies', ...tail);
  if (platform === 'win32') return join(localAppData ?? join(home, 'AppData', 'Local'), ...tail);
  return undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
