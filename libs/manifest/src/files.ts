import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** How the loader reaches files; paths are absolute. */
export interface ManifestFiles {
  /** Content of a text file. Throws when it cannot be read. */
  readFile(path: string): string;
  /** Whether a file or folder is there. */
  exists(path: string): boolean;
  /** Names in a folder, in any order; folders end with `/`. Only needed for `include` patterns with a `*`. */
  list?(folder: string): string[];
}

/** {@link ManifestFiles} on the disk of this machine. */
export const diskFiles: ManifestFiles = {
  readFile: (path) => readFileSync(path, 'utf8'),
  exists: (path) => existsSync(path),
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).map((entry) =>
      entry.isDirectory() ? `${entry.name}/` : entry.name,
    ),
};
