import { isDeepStrictEqual } from 'node:util';
import { BugError, UserError } from '@cozecut/problems';
import type { JsonObject } from '../compile/compiled-draft.ts';
import { withSlashes } from '../compile/draft-files.ts';
import { type DraftToRegister, indexEntry, isSameFolder } from './index-entry.ts';
import { itemSpans, memberSpans, skipBlank } from './json-spans.ts';

const LIST = 'all_draft_store';

interface Index extends JsonObject {
  [LIST]?: JsonObject[];
}

/** The text of an index with only these drafts. */
export function newIndex(drafts: readonly DraftToRegister[], root: string): string {
  return JSON.stringify({
    [LIST]: drafts.map((draft) => indexEntry(draft, root, undefined)),
    draft_ids: drafts.length,
    root_path: withSlashes(root),
  });
}

/**
 * Puts drafts in front of the list of an index, and takes out what it says about their folders so far. Every other
 * character of the text stays as it is.
 *
 * @throws UserError INDEX_UNREADABLE when the text is not an index.
 */
export function editIndex(text: string, drafts: readonly DraftToRegister[], root: string): string {
  const index = parseIndex(text);
  const members = memberSpans(text, skipBlank(text, 0));
  const list = members.get(LIST);
  const entries = index[LIST] ?? [];
  const added = drafts.map((draft) => JSON.stringify(indexEntry(draft, root, entries[0])));
  const isStale = ({ draft_fold_path: folder }: JsonObject): boolean =>
    typeof folder === 'string' && drafts.some((draft) => isSameFolder(draft.folder, folder));

  const edits: { start: number; end: number; text: string }[] = [];
  if (list === undefined) {
    const at = skipBlank(text, 0) + 1;
    edits.push({ start: at, end: at, text: `"${LIST}":[${added.join(',')}]${members.size > 0 ? ',' : ''}` });
  } else {
    edits.push({ ...list, text: editedList(text, list.start, list.end, entries.map(isStale), added) });
  }
  const count = members.get('draft_ids');
  if (count !== undefined && Number.isSafeInteger(index.draft_ids)) {
    edits.push({ ...count, text: String(Number(index.draft_ids) + drafts.length) });
  }
  edits.sort((a, b) => b.start - a.start);
  const edited = edits.reduce(
    (all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end),
    text,
  );
  verify(index, edited, drafts.length, isStale);
  return edited;
}

/** The list with white space as it is: an item keeps what stands before it. */
function editedList(text: string, start: number, end: number, stale: boolean[], added: string[]): string {
  const items = itemSpans(text, start);
  let from = start + 1;
  const kept = items.flatMap((item, index) => {
    const slice = text.slice(from, item.end);
    from = item.end;
    // The comma behind the item before this one.
    const own = index === 0 ? slice : slice.slice(slice.indexOf(',') + 1);
    return stale[index] === true ? [] : [own];
  });
  return `[${[...added, ...kept].join(',')}${text.slice(from, end)}`;
}

function parseIndex(text: string): Index {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable('it is not JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable('it is no object');
  const list = (value as Index)[LIST];
  if (list === undefined) return value as Index;
  const isEntry = (entry: unknown): boolean => typeof entry === 'object' && entry !== null;
  if (!Array.isArray(list) || !list.every(isEntry)) throw unreadable(`${LIST} is no list of drafts`);
  return value as Index;
}

/** An index that is not one: whatever it is, it is not ours to replace. */
export function unreadable(why: string, cause?: unknown): UserError {
  return new UserError(
    'INDEX_UNREADABLE',
    `root_meta_info.json cannot be read: ${why}; nothing was changed`,
    {
      hint: 'start the app and close it again, so that it mends its list of drafts',
      cause,
    },
  );
}

/** Holds the new text against the old one: what is not ours has to be the same. */
function verify(before: Index, edited: string, added: number, isStale: (entry: JsonObject) => boolean): void {
  const after = JSON.parse(edited) as Index;
  const others = (before[LIST] ?? []).filter((entry) => !isStale(entry));
  const rest = ({ draft_ids: _, [LIST]: __, ...keys }: Index): JsonObject => keys;
  if (isDeepStrictEqual(after[LIST]?.slice(added), others) && isDeepStrictEqual(rest(after), rest(before)))
    return;
  throw new BugError('other entries of root_meta_info.json would have changed');
}
