import type { ManifestFiles } from '../files.ts';
import { loadManifest } from '../load.ts';
import { parseSource } from '../source/parse.ts';
import { writeTrees } from '../source/parsed-ahead.ts';
import { sourceFile } from '../source/source-file.ts';

/**
 * Parses a manifest and the files that belong to it ahead of time, for `parsedAhead` of the options of
 * {@link loadManifest}. When there was nothing to find, tools whose files are still the same are not checked again.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @returns JSON text; a file that changes afterwards is parsed as ever.
 * @throws UserError MANIFEST_NOT_FOUND, MANIFEST_UNREADABLE, MANIFEST_INVALID as {@link loadManifest}.
 */
export function parseAhead(file: string, files: ManifestFiles): string {
  const texts = new Map<string, string>();
  const readFile = (path: string): string => {
    const text = files.readFile(path);
    texts.set(path, text);
    return text;
  };
  const { problems: found } = loadManifest(file, {
    readFile,
    exists: (path) => files.exists(path),
    list: (folder) => files.list?.(folder) ?? [],
    lenient: true,
  });
  const trees = [...texts].flatMap(([path, content]) => {
    if (!/\.(ya?ml|json)$/i.test(path)) return [];
    const source = sourceFile(path, content);
    const { root, problems, aliases } = parseSource(source);
    // The nodes of an alias are those of its anchor, which JSON cannot say.
    return root === undefined || problems.length > 0 || aliases.length > 0 ? [] : [{ file: source, root }];
  });
  // A variable is looked up at every load.
  const isChecked = found.every(({ code }) => code === 'ENV_UNSET');
  return writeTrees(trees, { isChecked });
}
