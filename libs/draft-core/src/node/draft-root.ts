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

/** Where an app keeps its drafts unless the user has moved them; `undefined` on systems that it does not run on. */
export function draftRootOf(
  app: Profile['app'],
  { platform, home, localAppData }: SystemFolders,
): string | undefined {
  const tail = [app === 'jianying' ? 'JianyingPro' : 'CapCut', 'User Data', 'Projects', 'com.lveditor.draft'];
  if (platform === 'darwin') return join(home, 'Movies', ...tail);
  if (platform === 'win32') return join(localAppData ?? join(home, 'AppData', 'Local'), ...tail);
  return undefined;
}
