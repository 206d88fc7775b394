import { join, resolve } from 'node:path';
import { type Environment, isAddress, setting } from '../../settings.ts';

/** Absolute path of the folder that holds what a person imported and harvested; it need not be there. */
export function catalogFolder(env: Environment, folder: string): string {
  const chosen = setting(env, 'COZECUT_CATALOG');
  if (chosen !== undefined) return resolve(folder, chosen);
  const store = setting(env, 'COZECUT_STORE');
  return resolve(folder, store === undefined || isAddress(store) ? '.cozecut' : store, 'catalog');
}

/** Folders in which the editors keep drafts on this kind of machine, whether they are there or not. */
export function knownDraftRoots(platform: string, home: string, env: Environment): string[] {
  const local = env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  const inside = join('User Data', 'Projects', 'com.lveditor.draft');
  switch (platform) {
    case 'win32':
      return [join(local, 'JianyingPro', inside), join(local, 'CapCut', inside)];
    case 'darwin':
      return [join(home, 'Movies', 'JianyingPro', inside), join(home, 'Movies', 'CapCut', inside)];
    default:
      return [];
  }
}
