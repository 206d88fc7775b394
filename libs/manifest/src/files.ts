import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { decodeUtf8 } from '@cozecut/problems';

/** How the loader reaches files; paths are absolute. */
export interface ManifestFiles {
  /** Content of a text file. Throws when it cannot be read. */
  readFile(path: string): string;
  /** Whether a file or folder is there. */
  exists(path: string): boolean;
  /** Names in a folder, in any order; folders end with `/`. Only needed for `include` patterns with a `*`. */
  list?(folder: string): string[];
}

/**
 * Where what was read of manifests is kept for the next time: the texts of their files, which hold no value of a
 * variable. None of it is needed, so neither way may throw.
 */
export interface ManifestCache {
  /** The text that was kept for a manifest, as it was given; one that is out of date, or of another version, does no harm. */
  get(manifest: string): string | undefined;
  /**
   * Keeps a text for a manifest that was found to be right, in place of what was kept before. Left out: nothing is
   * kept.
   */
  put?(manifest: string, text: string): void;
}

/** {@link ManifestFiles} on the disk of this machine; a text in another encoding than UTF-8 cannot be read. */
export const diskFiles: ManifestFiles = {
  readFile: (path) => {
    const text = readFileSync(path, 'utf8');
    // What stands for bytes that are no UTF-8 is hardly ever written on purpose.
    return text.includes('\uFFFD') ? decodeUtf8(readFileSync(path)) : text;
  },
  exists: (path) => existsSync(path),
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? `${entry.name}/` : entry.name,
    ),
};
