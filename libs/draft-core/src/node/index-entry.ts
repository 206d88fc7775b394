import type { CompiledDraft, JsonObject } from '../compile/compiled-draft.ts';
import { COVER_NAME } from '../compile/cover.ts';
import { withSlashes } from '../compile/draft-files.ts';
import { emptied } from '../compile/seed.ts';
import type { Profile } from '../profiles/profile.ts';

/** A draft folder for the index of its draft root. Times are Unix times in microseconds. */
export interface DraftToRegister {
  /** Absolute path of the draft folder. */
  folder: string;
  /** Where it was until now, when it was moved; what the list says about that place goes. */
  formerFolder?: string;
  name: string;
  /** The id that `draft_meta_info.json` of the folder has; another one and the app does not open the draft. */
  draftId: string;
  profile: Profile;
  durationUs: number;
  /** Sum of the sizes of the media. */
  mediaBytes: number;
  createdUs: number;
  modifiedUs: number;
}

/** What the index says about a compiled draft that was written to `folder`. */
export function draftToRegister(draft: CompiledDraft, folder: string): DraftToRegister {
  const { name, draftId, profile, durationUs, mediaBytes, meta } = draft;
  const [createdUs, modifiedUs] = [Number(meta.tm_draft_create), Number(meta.tm_draft_modified)];
  return { folder, name, draftId, profile, durationUs, mediaBytes, createdUs, modifiedUs };
}

/** What the app itself writes into keys that a new draft has nothing to say about. */
const DEFAULTS: JsonObject = {
  draft_type: '',
  streaming_edit_draft_ready: true,
  tm_draft_cloud_entry_id: -1,
  tm_draft_cloud_parent_entry_id: -1,
  tm_draft_cloud_space_id: -1,
  tm_draft_cloud_user_id: -1,
};

/** Keys that the index of JianYing has beyond the common ones, when there is no entry to look at. */
const JIANYING_KEYS: readonly string[] = ['draft_type', 'streaming_edit_draft_ready'];

/**
 * The entry of a draft.
 *
 * @param sample - An entry that is there already: the new one gets its keys, those that we know nothing of empty.
 */
export function indexEntry(draft: DraftToRegister, root: string, sample: JsonObject | undefined): JsonObject {
  const { profile } = draft;
  const folder = withSlashes(draft.folder);
  const known: JsonObject = {
    draft_cover: `${folder}/${COVER_NAME}`,
    draft_fold_path: folder,
    draft_id: draft.draftId,
    draft_is_ai_shorts: false,
    draft_is_invisible: false,
    // The app on Windows joins the file with its own separator, and the folders with the other one.
    draft_json_file: `${folder}${profile.os === 'windows' ? '\\' : '/'}${profile.primaryName}`,
    draft_name: draft.name,
    draft_new_version: '',
    draft_root_path: withSlashes(root),
    draft_timeline_materials_size: draft.mediaBytes,
    tm_draft_create: draft.createdUs,
    tm_draft_modified: draft.modifiedUs,
    tm_draft_removed: 0,
    tm_duration: draft.durationUs,
  };
  const keys = sample === undefined ? extraKeys(profile) : Object.keys(sample);
  // Keys come from a file: `toString` is one like any other.
  const own = (object: JsonObject, key: string): unknown =>
    Object.hasOwn(object, key) ? object[key] : undefined;
  const entry = Object.fromEntries(
    keys.map((key) => [key, own(known, key) ?? own(DEFAULTS, key) ?? emptied(own(sample ?? {}, key))]),
  );
  return { ...entry, ...known };
}

function extraKeys({ app }: Profile): readonly string[] {
  return app === 'jianying' ? JIANYING_KEYS : [];
}

/** Whether two folders are one to the apps, which run on systems that fold case. */
export function isSameFolder(one: string, other: string): boolean {
  return folded(one) === folded(other);
}

function folded(folder: string): string {
  return withSlashes(folder).normalize('NFC').toUpperCase().toLowerCase();
}
