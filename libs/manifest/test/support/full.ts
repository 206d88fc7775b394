import { join } from 'node:path';
import { diskFiles, type LoadOptions, loadManifest, type Plugin } from '../../src/index.ts';

/** Folder of a manifest that uses every part of the language. */
export const fullFolder = join(import.meta.dirname, '../fixtures/full');
export const fullManifest = join(fullFolder, 'plugin.yaml');

/** The manifest of {@link fullFolder}, read without an environment unless one is given. */
export function loadFull(options: Partial<LoadOptions> = {}): Plugin {
  return loadManifest(fullManifest, { ...diskFiles, ...options });
}
