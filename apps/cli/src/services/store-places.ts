import { join, resolve } from 'node:path';
import { isAddress } from '@cozecut/manifest/loader';
import { type Environment, setting } from '../settings.ts';

/** Where a store is and what lies beside it. */
export interface StorePlaces {
  /** Absolute path of a folder, or an address. */
  location: string;
  /** Absolute path of the folder for files of this machine; a database elsewhere leaves them to the current folder. */
  files: string;
  /** Absolute path of the folder for blobs, or an `s3://` address. */
  blobs: string;
}

/** @param plugin - Its deployment names the store that is used when no setting does. */
export function storePlaces({
  plugin,
  env,
  folder,
}: {
  plugin?: { deployment: { store: string } } | undefined;
  env: Environment;
  folder: string;
}): StorePlaces {
  const chosen = setting(env, 'COZECUT_STORE') ?? plugin?.deployment.store ?? '.cozecut';
  const location = isAddress(chosen) ? chosen : resolve(folder, chosen);
  const files = isAddress(chosen) ? resolve(folder, '.cozecut') : location;
  const blobs = setting(env, 'COZECUT_BLOBS');
  if (blobs === undefined) return { location, files, blobs: join(files, 'blobs') };
  return { location, files, blobs: isAddress(blobs) ? blobs : resolve(folder, blobs) };
}
