import { resolve } from 'node:path';
import { isAddress } from '@cozecut/manifest/loader';
import { type Environment, setting } from '../../settings.ts';
import { packageFolder } from '../installed.ts';
import { settingAbove } from '../settings-above.ts';

/** Absolute path of the folder that holds what a person imported and harvested; it need not be there. */
export function catalogFolder(env: Environment, folder: string): string {
  const chosen = setting(env, 'COZECUT_CATALOG');
  if (chosen !== undefined) return resolve(folder, chosen);
  const store = settingAbove<string>('store', env, folder);
  return resolve(folder, store === undefined || isAddress(store) ? '.cozecut' : store, 'catalog');
}

/** Where the tables of the catalog are: the built-in ones, and those of {@link catalogFolder} above them. */
export function catalogFolders(env: Environment, folder: string): { user: string; builtIn: string } {
  return {
    user: catalogFolder(env, folder),
    // Takes a while to find out, and most tools ask for no resource.
    get builtIn() {
      return resolve(packageFolder('catalog'), 'data');
    },
  };
}
