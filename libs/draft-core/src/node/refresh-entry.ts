import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isUserError, type Problem } from '@cozecut/problems';
import { INDEX_NAME } from '../drafts/layout.ts';
import { numberOf, objectOf, textOf } from '../drafts/loose.ts';
import type { OpenedDraft } from '../drafts/opened-draft.ts';
import { updateEntry } from './edit-index.ts';
import { openDraft } from './open-draft.ts';
import { replaceIndex } from './replace-index.ts';

/**
 * Tells the list of the app what a draft folder says about itself now: length, size of the media, time of the last
 * change, and its name when the write has changed that. A draft that is not in a list stays so, and what the entry does
 * not say is not added.
 *
 * @param folder - Absolute path of a draft that was just written.
 * @param formerName - What the draft was called in its own `draft_meta_info.json`.
 * @returns Why the list still shows the former state, when it could not be written; the draft itself is fine.
 */
export async function refreshEntry(
  folder: string,
  formerName: string | undefined,
): Promise<Problem | undefined> {
  const root = dirname(folder);
  const index = join(root, INDEX_NAME);
  try {
    if ((await lstat(index).catch(() => undefined)) === undefined) return undefined;
    const opened = await openDraft(folder);
    if (opened.encrypted.length > 0) return undefined;
    const { draft_name: name, ...rest } = saidBy(opened);
    // The app may call a draft by another name than it does itself.
    const said: Said = name === formerName ? rest : { draft_name: name, ...rest };
    // Without an entry nothing is to be written, and nobody has to be waited for.
    if (opened.index?.document !== undefined) {
      const { text } = opened.index.document;
      if (updateEntry(text, folder, said) === text) return undefined;
    }
    await replaceIndex(root, (text) => (text === undefined ? undefined : updateEntry(text, folder, said)));
    return undefined;
  } catch (error) {
    if (!isUserError(error)) throw error;
    return {
      code: error.code,
      severity: 'warning',
      message: `the list of the app still shows the former state of the draft: ${error.message}`,
      hint: error.hint ?? 'close the app, then put the draft into its list with draft edit register',
    };
  }
}

/** Keys of an entry; what is not known is left out. */
type Said = Record<string, string | number | undefined>;

function saidBy({ timeline, meta }: OpenedDraft): Said {
  const about = objectOf(meta?.document?.value(meta.document.root));
  const content = objectOf(timeline?.value(timeline.root));
  return {
    draft_name: textOf(about.draft_name),
    draft_timeline_materials_size: numberOf(about.draft_timeline_materials_size_),
    tm_duration: numberOf(about.tm_duration) ?? numberOf(content.duration),
    tm_draft_modified: numberOf(about.tm_draft_modified),
  };
}

/** What a `draft_meta_info.json` calls its draft. */
export function nameIn(meta: Uint8Array | undefined): string | undefined {
  try {
    return textOf(objectOf(JSON.parse(Buffer.from(meta ?? []).toString('utf8'))).draft_name);
  } catch {
    return undefined;
  }
}
