import { UserError } from '@cozecut/problems';
import type { OpenedDraft } from '../drafts/opened-draft.ts';
import { fileUsedAsFolder, foldName, whyUnsafePath } from '../drafts/safe-path.ts';
import type { DraftLimits } from './draft-source.ts';
import { tooLarge, unsafe } from './read-file.ts';

/**
 * Makes sure that the files of a draft can be written somewhere else, on every system: plain files and folders with
 * names that are theirs alone.
 *
 * @throws UserError DRAFT_UNSAFE, DRAFT_TOO_LARGE
 */
export function checkEntries({ entries, path: source }: OpenedDraft, { maxTotalBytes }: DraftLimits): void {
  const seen = new Map<string, string>();
  let total = 0;
  for (const { path, kind, bytes } of entries.values()) {
    const shown = JSON.stringify(path.slice(0, 200));
    if (kind === 'link') throw unsafe(shown, 'a link');
    if (kind === 'other') throw unsafe(shown, 'not a regular file');
    const why = whyUnsafePath(path);
    if (why !== undefined) throw unsafe(shown, `not a name for every system: ${why}`);
    const other = seen.get(foldName(path));
    if (other !== undefined)
      throw unsafe(shown, `the same file as ${JSON.stringify(other)} on Windows and macOS`);
    seen.set(foldName(path), path);
    if (kind === 'file') total += bytes;
    if (total > maxTotalBytes) throw tooLarge(source, total, maxTotalBytes);
  }
  const both = fileUsedAsFolder(
    [...entries.values()].map(({ path, kind }) => ({ path, isFile: kind === 'file' })),
  );
  if (both !== undefined) {
    throw new UserError('DRAFT_UNSAFE', `"${both}" is a file and a folder at once`, {
      hint: 'ask its sender for another',
    });
  }
}
