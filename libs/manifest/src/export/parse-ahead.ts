import { UserError } from '@cozecut/problems';
import type { ManifestFiles } from '../files.ts';
import { isFaultless, readManifest } from '../read.ts';

/**
 * Reads and checks a manifest and the files that belong to it ahead of time, for the `cache` of the options of
 * {@link loadManifest}. When there was nothing to find, tools whose files are still the same are not checked again;
 * nor are their handlers, which come with the manifest.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @returns JSON text; a file that changes afterwards is parsed as ever.
 * @throws UserError MANIFEST_NOT_FOUND, MANIFEST_UNREADABLE, MANIFEST_INVALID as {@link loadManifest}.
 */
export function parseAhead(file: string, files: ManifestFiles): string {
  const { problems, parts, reader } = readManifest(file, {
    readFile: (path) => files.readFile(path),
    exists: (path) => files.exists(path),
    list: (folder) => files.list?.(folder) ?? [],
    lenient: true,
  });
  if (parts === undefined) throw UserError.fromProblems('MANIFEST_INVALID', problems);
  return reader.keep(isFaultless(problems) ? 'tools' : 'nothing');
}
