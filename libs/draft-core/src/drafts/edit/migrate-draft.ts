import { completeCompanions, isEmptyCompanion } from '../../compile/companions.ts';
import type { JsonObject } from '../../compile/compiled-draft.ts';
import type { Profile } from '../../profiles/profile.ts';
import { isObject, listOf, objectOf, textOf } from '../loose.ts';
import { isKnownToken, readMediaPath } from '../media-path.ts';
import { compileFragment } from './compile-fragment.ts';
import { failEdit } from './fail.ts';
import { migrateAnimatedPictures } from './migrate-animated-pictures.ts';
import { MASK_ARRAYS, migrateMasks } from './migrate-masks.ts';
import { migrateResources } from './migrate-resources.ts';
import type { EditContext } from './operation.ts';
import type { Mutable } from './parts.ts';

/** What would tell which machine a draft was made on. */
const DEVICE_KEYS = ['device_id', 'hard_disk_id', 'mac_address', 'os_version'];
/** Rewrites what differs between the apps. What has no counterpart stays, and is told. */
export function migrateDraft(context: EditContext, profile: Profile): void {
  const { draft } = context;
  migrateMasks(context, profile);
  const model = modelFor(context, profile);
  setMarkers(draft.content, model);
  addMissing(draft.content, model, ['materials', 'tracks', 'config', 'platform', 'last_modified_platform']);
  for (const key of ['config', 'materials']) {
    if (!isObject(draft.content[key])) draft.content[key] = {};
    addMissing(draft.content[key] as Mutable, objectOf(model[key]) as Mutable, [], key === 'materials');
  }
  if (profile.companions === 'full') {
    prepareCompanions(draft);
    completeCompanions(
      draft.tracks as unknown as JsonObject[],
      draft.content.materials as { [array: string]: JsonObject[] },
      () => draft.newId(),
    );
    draft.reindex();
  }
  leaveUnread(context, profile);
  migratePaths(context, profile);
  migrateAnimatedPictures(context, profile);
  if (profile.app !== context.profile.app) migrateResources(context, profile);
  context.alsoWrite([profile.primaryName, ...profile.mirrorNames]);
}

/** Takes companions away that change nothing and that an app does not know; tells of what it will not read. */
function leaveUnread({ draft, release, warn }: EditContext, profile: Profile): void {
  const { markers, nativeMarkers, title } = profile;
  const known = new Set([...markers.materialArrays, ...(nativeMarkers?.materialArrays ?? [])]);
  const unread = new Set<string>();
  for (const { segments } of draft.tracks) {
    for (const segment of segments) {
      const refs = listOf(segment.extra_material_refs) as string[];
      const empty = refs.filter((ref) => {
        const { array, material } = draft.material(ref) ?? {};
        if (array === undefined || known.has(array) || MASK_ARRAYS.includes(array)) return false;
        if (isEmptyCompanion(array, material!)) return true;
        unread.add(array);
        return false;
      });
      if (empty.length === 0) continue;
      segment.extra_material_refs = refs.filter((ref) => !empty.includes(ref));
      release(empty);
    }
  }
  for (const array of unread) warn('DR157', `\`${array}\` is ignored by ${title}; what is in it stays`);
}

/** Ends the edit where companions have no place to go, and makes the lists of them that are missing. */
function prepareCompanions({ content, tracks }: EditContext['draft']): void {
  for (const [array, entries] of Object.entries(objectOf(content.materials)))
    if (!Array.isArray(entries) || !entries.every(isObject))
      failEdit('DR165', `materials.${array} is no list of maps`);
  for (const { segments } of tracks)
    for (const segment of segments)
      if (!Array.isArray(segment.extra_material_refs)) segment.extra_material_refs = [];
}

/** A new draft of the profile, to take its markers and keys from. */
function modelFor(context: EditContext, profile: Profile): Mutable {
  const clips = [{ text: '-', start: 0, duration: 1 }];
  const model = compileFragment(
    { ...context, profile, tell: () => {} },
    { timeUnit: 's', tracks: [{ type: 'text', clips }] },
    context.draft.hasEntries('common_mask') && profile.nativeMarkers !== undefined ? 'native' : undefined,
  );
  return model.content;
}

function setMarkers(content: Mutable, model: Mutable): void {
  for (const key of ['version', 'new_version', 'color_space', 'render_index_track_mode_on'])
    content[key] = model[key];
  for (const key of ['platform', 'last_modified_platform']) {
    const block = { ...objectOf(content[key]), ...objectOf(model[key]) } as Mutable;
    for (const name of DEVICE_KEYS) delete block[name];
    content[key] = block;
  }
}

function addMissing(target: Mutable, model: Mutable, except: readonly string[], isEmpty = false): void {
  for (const [key, value] of Object.entries(model))
    if (!Object.hasOwn(target, key) && !except.includes(key)) target[key] = isEmpty ? [] : value;
}

function migratePaths({ draft, meta, opened, warn }: EditContext, profile: Profile): void {
  const foreign = profile.os === 'mac' ? 'windows' : 'posix';
  const moved = (path: string): string =>
    isKnownToken(path) ? path.replaceAll(/[\\/]/g, profile.separator) : path;
  for (const { array, material } of draft.materials.values()) {
    const path = textOf(material.path);
    if (path === undefined || (array !== 'videos' && array !== 'audios')) continue;
    material.path = moved(path);
    const { style, inside } = readMediaPath(path, opened);
    if (style === foreign && inside === undefined)
      warn('DR124', `${path} is a path of the other system`, { hint: 'relink it on the machine of the app' });
  }
  for (const entry of meta?.entries ?? []) {
    const path = textOf(entry.file_Path);
    if (path !== undefined) entry.file_Path = moved(path);
  }
}
