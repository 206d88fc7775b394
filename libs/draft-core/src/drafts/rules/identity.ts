import type { PathSegment } from '@cozecut/problems';
import type { DraftContext, DraftRule } from '../draft-rule.ts';
import type { Change } from '../json/json-editor.ts';
import { timelineFolder } from '../layout.ts';
import { isObject, type Loose, listOf, objectOf, textOf } from '../loose.ts';
import { foldName } from '../safe-path.ts';

/** Ids that tools write into every draft that they make. */
const TEMPLATE_IDS = ['91E08AC5-22FB-47E2-9AA0-7DC300FAEA2B'];
const NEW_ID = 'give it an id of its own';
const DEVICE_KEYS = ['device_id', 'hard_disk_id', 'mac_address'];

/** Drafts in the list of the app. */
function listedDrafts({ opened }: DraftContext): Loose[] {
  const document = opened.index?.document;
  if (document === undefined) return [];
  return listOf(objectOf(document.value(document.root)).all_draft_store).map(objectOf);
}

/** What the list of the app says about the draft. */
export function ownEntry(context: DraftContext): Loose | undefined {
  return listedDrafts(context).find((entry) => isOwn(entry, context));
}

function isOwn(entry: Loose, { opened }: DraftContext): boolean {
  const folder = (textOf(entry.draft_fold_path) ?? '').replaceAll('\\', '/').replace(/\/$/, '');
  return foldName(folder.slice(folder.lastIndexOf('/') + 1)) === foldName(opened.name);
}

/** DR033: a draft is told from others by its ids. */
export const templateId: DraftRule = {
  id: 'DR033',
  title: 'the ids of the draft are its own',
  severity: 'error',
  fixable: true,
  draft(context) {
    const { opened, view, meta, uuid, report } = context;
    const renew = (path: readonly PathSegment[]): Change => {
      const id = uuid?.().toUpperCase();
      return (edit) => edit.setAt(path, id);
    };
    const id = textOf(view.content.id);
    // A nested copy is found by the id of its timeline, which other files name as well.
    const isNested =
      opened.mainTimelineId !== undefined || opened.timelines.some(({ path }) => timelineFolder(path) !== '');
    if (id !== undefined && TEMPLATE_IDS.includes(id.toUpperCase()))
      report({
        path: ['id'],
        message: `the id ${id} is that of a template, other drafts have it too`,
        ...(uuid === undefined || isNested ? {} : { fix: { title: NEW_ID, timeline: renew(['id']) } }),
      });
    const draftId = textOf(meta?.value.draft_id);
    const other = listedDrafts(context).find((entry) => entry.draft_id === draftId && !isOwn(entry, context));
    if (draftId !== undefined && other !== undefined)
      report({
        metaPath: ['draft_id'],
        message: `draft_id ${draftId} is also that of "${textOf(other.draft_name) ?? ''}"`,
        // What the list says of this draft itself would have to change with it.
        ...(uuid === undefined || ownEntry(context) !== undefined
          ? {}
          : { fix: { title: NEW_ID, meta: renew(['draft_id']) } }),
      });
  },
};

/** DR034: ids agree. */
export const identityAgrees: DraftRule = {
  id: 'DR034',
  title: 'ids of the draft agree',
  severity: 'error',
  fixable: true,
  draft(context) {
    const { opened, view, meta, report } = context;
    const { mainTimelineId } = opened;
    const id = textOf(view.content.id);
    if (mainTimelineId !== undefined && id !== mainTimelineId) {
      report({
        path: ['id'],
        message: `identities disagree: the timeline is ${id ?? 'without id'}, Timelines/project.json names ${mainTimelineId}`,
        fix: {
          title: 'take the id that the project names',
          timeline: (edit) => edit.setAt(['id'], mainTimelineId),
        },
      });
    }
    const draftId = textOf(meta?.value.draft_id);
    const listed = textOf(ownEntry(context)?.draft_id);
    if (meta === undefined || listed === undefined || listed === draftId) return;
    report({
      metaPath: ['draft_id'],
      message: `identities disagree: draft_id is ${draftId ?? 'missing'}, the list of drafts has ${listed}`,
      fix: { title: 'take the id of the list', meta: (edit) => edit.setAt(['draft_id'], listed) },
    });
  },
};

/** DR144: the app is told which version wrote the draft. */
export const markers: DraftRule = {
  id: 'DR144',
  title: 'version markers are there',
  severity: 'error',
  fixable: true,
  draft({ view, profile, report }) {
    const { content } = view;
    const platform = profile && {
      app_id: profile.appId,
      app_source: profile.appSource,
      app_version: profile.markers.appVersion,
      os: profile.os,
    };
    const wanted: Record<string, unknown> = {
      version: profile?.markers.version,
      new_version: profile?.markers.newVersion,
      platform,
      last_modified_platform: platform,
    };
    for (const [key, value] of Object.entries(wanted)) {
      const there = content[key];
      const isPlatform = key === 'platform' || key === 'last_modified_platform';
      const isThere = isPlatform
        ? isObject(there) && textOf(there.app_source) !== undefined
        : there !== undefined && there !== null && there !== '' && there !== 0;
      if (isThere) continue;
      const why = isPlatform
        ? 'text backgrounds and masks do nothing without it'
        : 'CapCut 8.4 and later refuses the draft';
      report({
        path: [key],
        // JianYing opens such a draft.
        severity: profile?.app === 'jianying' ? 'warning' : 'error',
        message: `${key} is missing; ${why}`,
        ...(value === undefined
          ? { hint: 'name the app with --profile' }
          : {
              fix: { title: `write that of ${profile!.title}`, timeline: (edit) => edit.setAt([key], value) },
            }),
      });
    }
  },
};

/** DR145: the app does not take the draft for one of long ago. */
export const oldMarkers: DraftRule = {
  id: 'DR145',
  title: 'version markers are those of the app',
  severity: 'warning',
  draft({ view, newestVersion, report }) {
    const path = ['last_modified_platform', 'app_version'];
    const own = textOf(objectOf(view.content.last_modified_platform).app_version);
    const [major, newest] = [own, newestVersion].map((version) => Number.parseInt(version ?? '', 10));
    // Written so that what is no number is not judged.
    if (!(major! < newest!)) return;
    report({
      path,
      message: `the draft says it was saved by version ${own}, the app here has saved drafts with ${newestVersion}`,
      hint: 'make it anew with --seed, or open and save it in the app',
    });
  },
};

/** DR146: a draft does not say whose computer it comes from. */
export const deviceIds: DraftRule = {
  id: 'DR146',
  title: 'no device ids',
  severity: 'error',
  fixable: true,
  draft({ opened, view, report }) {
    for (const block of ['platform', 'last_modified_platform']) {
      for (const key of DEVICE_KEYS) {
        const path = [block, key];
        if (textOf(objectOf(view.content[block])[key]) === undefined) continue;
        report({
          path,
          // The app writes them on the computer they belong to.
          severity: opened.kind === 'zip' ? 'error' : 'warning',
          message: `${block}.${key} tells which computer the draft comes from`,
          fix: { title: 'remove it', timeline: (edit) => edit.removeAt(path) },
        });
      }
    }
  },
};

/** DR147: the app lists the draft. */
export const listed: DraftRule = {
  id: 'DR147',
  title: 'the draft is in the list of the app',
  severity: 'error',
  draft(context) {
    const { opened, profile, report } = context;
    if (opened.index?.document === undefined) return;
    const severity = profile?.registerIndex === 'required' ? 'error' : 'warning';
    const entry = ownEntry(context);
    if (entry === undefined) {
      report({
        severity,
        message: `"${opened.name}" is not in ${opened.index.path}: the app does not list it`,
        hint: 'cozecut draft edit register writes the entry anew',
      });
      return;
    }
    const file = (textOf(entry.draft_json_file) ?? '').replaceAll('\\', '/').split('/').at(-1)!;
    if (file !== '' && !opened.entries.has(file))
      report({
        severity,
        message: `${opened.index.path} names ${file}, which does not exist: the draft opens as damaged`,
        hint: 'cozecut draft edit register writes the entry anew',
      });
  },
};
