import type { PathSegment, Severity } from '@cozecut/problems';
import { checkDraftName } from '../../compile/draft-name.ts';
import type { Profile } from '../../profiles/profile.ts';
import { formatUs } from '../../timeline/time.ts';
import type { DraftContext, DraftRule } from '../draft-rule.ts';
import type { MaterialView } from '../draft-view.ts';
import type { JsonEditor } from '../json/json-editor.ts';
import { type Loose, listOf, numberOf, objectOf, textOf } from '../loose.ts';
import { mediaPathOf, readMediaPath } from '../media-path.ts';
import { ownEntry } from './identity.ts';

/** Entries of the list of imported media, with the place of the list. */
function registeredMedia({ meta }: DraftContext): { entries: Loose[]; list: PathSegment[] | undefined } {
  const groups = listOf(meta?.value.draft_materials).map(objectOf);
  const at = groups.findIndex(({ type }) => type === 0);
  if (at === -1) return { entries: [], list: undefined };
  return { entries: listOf(groups[at]!.value).map(objectOf), list: ['draft_materials', at, 'value'] };
}

function registrationSeverity(profile: Profile | undefined): Severity {
  if (profile?.registerMedia === 'required') return 'error';
  return profile?.registerMedia === 'optional' ? 'info' : 'warning';
}

/** Materials that name a file, with the way in which paths of the two files are compared. */
function mediaIn({ view, opened }: DraftContext): { material: MaterialView; path: string; key: string }[] {
  return view.materials.flatMap((material) => {
    const path = mediaPathOf(material);
    return path === undefined ? [] : [{ material, path, key: keyOf(path, opened) }];
  });
}

function keyOf(path: string, opened: DraftContext['opened']): string {
  const { inside, written } = readMediaPath(path, opened);
  return inside === undefined ? written : `./${inside}`;
}

/** DR140: the app is told of every file. */
export const unregisteredMedia: DraftRule = {
  id: 'DR140',
  title: 'media are listed in the file about the draft',
  severity: 'error',
  fixable: true,
  draft(context) {
    const { entries, list } = registeredMedia(context);
    const known = new Set(entries.map(({ file_Path }) => keyOf(textOf(file_Path) ?? '', context.opened)));
    const { meta } = context;
    for (const { material, path, key } of mediaIn(context)) {
      if (known.has(key)) continue;
      known.add(key);
      const id = textOf(material.value.local_material_id) ?? material.id;
      const listNode = list === undefined ? undefined : meta?.json.at(list);
      context.report({
        path: [...material.path, 'path'],
        severity: registrationSeverity(context.profile),
        message: `"${path}" is not registered${meta === undefined ? ', there is no readable draft_meta_info.json' : ''}`,
        hint: 'list it in draft_materials of draft_meta_info.json',
        ...(listNode === undefined || id === undefined
          ? {}
          : {
              fix: {
                title: 'register it',
                meta: (edit: JsonEditor) => edit.insert(listNode, entryOf(material, id, path)),
                timeline: (edit: JsonEditor) => edit.setAt([...material.path, 'local_material_id'], id),
              },
            }),
      });
    }
  },
};

function entryOf({ array, value }: MaterialView, id: string, path: string): Loose {
  const isSound = array === 'audios';
  const kind = isSound ? 'music' : (textOf(value.type) ?? 'video');
  const isStill = kind === 'photo' || kind === 'gif';
  const duration = kind === 'photo' ? 5_000_000 : (numberOf(value.duration) ?? 0);
  return {
    ai_group_type: '',
    // Nobody knows any more when it was imported.
    create_time: -1,
    duration,
    enter_from: 0,
    extra_info:
      textOf(value.material_name) ??
      textOf(value.name) ??
      path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1),
    file_Path: path,
    height: isSound ? 0 : (numberOf(value.height) ?? 0),
    id,
    import_time: -1,
    import_time_ms: -1,
    item_source: 1,
    material_color_tag: '',
    md5: '',
    metetype: kind,
    roughcut_time_range: isStill ? { duration: -1, start: -1 } : { duration, start: 0 },
    sub_time_range: { duration: -1, start: -1 },
    type: 0,
    width: isSound ? 0 : (numberOf(value.width) ?? 0),
  };
}

/** DR141: materials know their entry. */
export const unlinkedMedia: DraftRule = {
  id: 'DR141',
  title: 'materials are linked to the list of media',
  severity: 'error',
  fixable: true,
  draft(context) {
    const { entries } = registeredMedia(context);
    const ids = new Set(entries.map(({ id }) => textOf(id)));
    const byPath = new Map(
      entries.map(({ file_Path, id }) => [keyOf(textOf(file_Path) ?? '', context.opened), textOf(id)]),
    );
    for (const { material, path, key } of mediaIn(context)) {
      const linked = textOf(material.value.local_material_id);
      const id = byPath.get(key);
      if (id === undefined || (linked !== undefined && ids.has(linked))) continue;
      const own = [...material.path, 'local_material_id'];
      context.report({
        path: own,
        severity: registrationSeverity(context.profile),
        message: `"${path}" is not linked to its entry in draft_meta_info.json`,
        fix: { title: 'link it', timeline: (edit) => edit.setAt(own, id) },
      });
    }
  },
};

/** DR150, DR151: the name of the draft folder. */
export const draftName: DraftRule = {
  id: 'DR150',
  title: 'the draft has a safe name',
  severity: 'error',
  draft({ opened, report }) {
    for (const { code, message, hint } of checkDraftName(opened.name))
      if (code === 'DR150') report({ message, ...(hint === undefined ? {} : { hint }) });
  },
};

/** DR151: the app renames folders that are named like its own. */
export const guidName: DraftRule = {
  id: 'DR151',
  title: 'the name of the draft is no GUID',
  severity: 'warning',
  draft({ opened, report }) {
    for (const { code, message, hint } of checkDraftName(opened.name))
      if (code === 'DR151') report({ message, ...(hint === undefined ? {} : { hint }) });
  },
};

/** DR154: the file about the draft says what it must. */
export const incompleteMeta: DraftRule = {
  id: 'DR154',
  title: 'the file about the draft is complete',
  severity: 'warning',
  fixable: true,
  draft({ opened, meta, report }) {
    if (meta === undefined) {
      report({
        message: 'draft_meta_info.json is missing',
        hint: 'the app makes one when it opens the draft',
      });
      return;
    }
    // A packed draft gets its place where it is unpacked.
    const folder = opened.kind === 'zip' ? undefined : opened.path.replaceAll('\\', '/');
    const wanted: Record<string, string | undefined> = { draft_name: opened.name, draft_fold_path: folder };
    for (const [key, value] of Object.entries(wanted)) {
      if (value === undefined || textOf(meta.value[key]) !== undefined) continue;
      report({
        metaPath: [key],
        message: `draft_meta_info.json: ${key} is empty`,
        fix: { title: 'fill it in', meta: (edit) => edit.setAt([key], value) },
      });
    }
    const times = ['tm_draft_create', 'tm_draft_modified'];
    const known = times.map((key) => numberOf(meta.value[key]) ?? 0).find((time) => time > 0);
    for (const key of times) {
      if ((numberOf(meta.value[key]) ?? 0) > 0) continue;
      report({
        metaPath: [key],
        message: `draft_meta_info.json: ${key} is empty`,
        // A draft that was never changed has one time for both.
        ...(known === undefined
          ? {}
          : { fix: { title: 'fill it in', meta: (edit: JsonEditor) => edit.setAt([key], known) } }),
      });
    }
  },
};

/** DR155: the list of drafts shows a picture. */
export const missingCover: DraftRule = {
  id: 'DR155',
  title: 'the draft has a cover',
  severity: 'info',
  draft({ opened, meta, report }) {
    // Only a draft root has a list.
    if (opened.index === undefined) return;
    const name = textOf(meta?.value.draft_cover) ?? 'draft_cover.jpg';
    const { inside } = readMediaPath(name, opened);
    if (inside !== undefined && opened.entries.get(inside)?.kind === 'file') return;
    report({
      message: `the cover ${name} is missing; the list of drafts shows no picture`,
      hint: 'put a JPEG there',
    });
  },
};

/** DR156: the file about the draft is up to date. */
export const staleMeta: DraftRule = {
  id: 'DR156',
  title: 'the file about the draft is up to date',
  severity: 'warning',
  fixable: true,
  draft(context) {
    const { meta, view, opened, report } = context;
    if (meta === undefined) return;
    const listedUs = numberOf(ownEntry(context)?.tm_duration);
    if (listedUs !== undefined && listedUs !== view.endUs) {
      report({
        message: `${opened.index?.path}: tm_duration says ${formatUs(listedUs)}, the content ends at ${formatUs(view.endUs)}`,
        hint: 'cozecut draft edit register writes the entry anew',
      });
    }
    const said = numberOf(meta.value.tm_duration);
    if (said !== undefined && said !== view.endUs) {
      report({
        metaPath: ['tm_duration'],
        message: `draft_meta_info.json: tm_duration says ${formatUs(said)}, the content ends at ${formatUs(view.endUs)}`,
        fix: { title: 'set it', meta: (edit) => edit.setAt(['tm_duration'], view.endUs) },
      });
    }
    const key = 'draft_timeline_materials_size_';
    const files = new Map(mediaIn(context).map(({ path }) => [path, readMediaPath(path, opened).inside]));
    const sizes = [...new Set(files.values())].map((inside) =>
      inside === undefined ? undefined : opened.entries.get(inside)?.bytes,
    );
    const size = sizes.reduce<number | undefined>(
      (sum, bytes) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
      0,
    );
    const saidBytes = numberOf(meta.value[key]);
    if (size === undefined || saidBytes === undefined || saidBytes === size) return;
    report({
      metaPath: [key],
      message: `draft_meta_info.json: ${key} says ${saidBytes} bytes, the media have ${size}`,
      fix: { title: 'set it', meta: (edit) => edit.setAt([key], size) },
    });
  },
};
