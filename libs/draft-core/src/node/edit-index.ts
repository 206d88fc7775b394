import { isDeepStrictEqual } from 'node:util';
import { BugError, isUserError, UserError } from '@cozecut/problems';
import type { JsonObject } from '../compile/compiled-draft.ts';
import { withSlashes } from '../compile/draft-files.ts';
import { JsonDocument } from '../drafts/json/json-document.ts';
import { KIND } from '../drafts/json/tape.ts';
import { INDEX_NAME } from '../drafts/layout.ts';
import { type DraftToRegister, indexEntry, isSameFolder } from './index-entry.ts';

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
  const document = parseIndex(text);
  const index = document.value(document.root) as Index;
  const entries = index[LIST] ?? [];
  const isStale = ({ draft_fold_path: folder }: JsonObject): boolean =>
    typeof folder === 'string' &&
    drafts.some((draft) =>
      [draft.folder, draft.formerFolder].some((one) => one !== undefined && isSameFolder(one, folder)),
    );
  const added = drafts.map((draft) => indexEntry(draft, root, entries[0]));
  const edited = document.edit((editor) => {
    const list = document.child(document.root, LIST);
    if (list === undefined) editor.put(document.root, LIST, added);
    else {
      for (const entry of added) editor.insert(list, entry, 0);
      for (const item of document.members(list))
        if (isStale(document.value(item) as JsonObject)) editor.remove(item);
    }
    const count = document.child(document.root, 'draft_ids');
    if (count !== undefined && Number.isSafeInteger(index.draft_ids))
      editor.set(count, Number(index.draft_ids) + drafts.length);
  }).text;
  verify(index, edited, drafts.length, isStale);
  return edited;
}

/**
 * Gives keys of the entry of a draft folder other values; keys that it does not have are not added. Every other
 * character of the text stays as it is.
 *
 * @returns The same text when there is no such entry, or nothing to change.
 * @throws UserError INDEX_UNREADABLE when the text is not an index.
 */
export function updateEntry(
  text: string,
  folder: string,
  values: Readonly<Record<string, string | number | undefined>>,
): string {
  const document = parseIndex(text);
  const list = document.child(document.root, LIST);
  if (list === undefined) return text;
  return document.edit((editor) => {
    for (const item of document.members(list)) {
      const entry = document.value(item) as JsonObject;
      const { draft_fold_path: place } = entry;
      if (typeof place !== 'string' || !isSameFolder(place, folder)) continue;
      for (const [key, value] of Object.entries(values))
        if (value !== undefined && Object.hasOwn(entry, key) && entry[key] !== value)
          editor.set(document.child(item, key)!, value);
    }
  }).text;
}

/** The entries of an index. @throws UserError INDEX_UNREADABLE when the text is not an index. */
export function indexEntries(text: string): JsonObject[] {
  const document = parseIndex(text);
  return (document.value(document.root) as Index)[LIST] ?? [];
}

function parseIndex(text: string): JsonDocument {
  let document: JsonDocument;
  try {
    document = new JsonDocument(text, INDEX_NAME);
  } catch (cause) {
    throw unreadable(isUserError(cause) ? cause.message : 'it is not JSON', cause);
  }
  const { root } = document;
  if (document.kind(root) !== KIND.object) throw unreadable('it is no object');
  const list = document.child(root, LIST);
  if (list === undefined) return document;
  const isList = document.kind(list) === KIND.array;
  if (!isList || [...document.members(list)].some((item) => document.kind(item) !== KIND.object))
    throw unreadable(`${LIST} is no list of drafts`);
  return document;
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
  throw new BugError(`other entries of ${INDEX_NAME} would have changed`);
}
