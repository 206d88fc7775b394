import { type PathSegment, showJson } from '@cozecut/problems';
import { DRAFT_PATH_TOKEN } from '../../compile/draft-files.ts';
import { draftPaths } from '../../install/draft-paths.ts';
import type { DraftContext, DraftRule, RuleHead } from '../draft-rule.ts';
import type { MaterialView } from '../draft-view.ts';
import type { JsonEditor } from '../json/json-editor.ts';
import { type Loose, listOf, numberOf, objectOf, textOf } from '../loose.ts';
import { isKnownToken, type MediaPath, mediaPathOf, readMediaPath, withKnownToken } from '../media-path.ts';
import type { DraftEntry, OpenedDraft } from '../opened-draft.ts';
import { foldName } from '../safe-path.ts';

function pathRule(
  head: RuleHead,
  check: (path: MediaPath, material: MaterialView, context: DraftContext) => void,
): DraftRule {
  return {
    ...head,
    draft(context) {
      for (const material of context.view.materials) {
        const written = mediaPathOf(material);
        if (written !== undefined) check(readMediaPath(written, context.opened), material, context);
      }
    },
  };
}

const isAbsolute = ({ style }: MediaPath): boolean =>
  style === 'posix' || style === 'windows' || style === 'network';

/** Whether the draft has a file, also when only its case or Unicode form differs. */
function holds({ entries }: OpenedDraft, inside: string): boolean {
  if (entries.get(inside)?.kind === 'file') return true;
  const folded = foldName(inside);
  return [...entries.values()].some(({ path, kind }) => kind === 'file' && foldName(path) === folded);
}

/** DR120: files are there. */
export const missingMedia = pathRule(
  { id: 'DR120', title: 'media files are there', severity: 'error' },
  (path, material, { opened, exists, report }) => {
    if (path.style === 'url' || path.escapes || throughLink(path, opened)) return;
    const isThere = path.inside === undefined ? exists?.(path.written) !== false : holds(opened, path.inside);
    if (isThere) return;
    report({
      path: [...material.path, 'path'],
      message: `"${path.written}" not found`,
      hint: 'put the file there, or relink it',
    });
  },
);

/** DR121: files are local. */
export const remoteMedia = pathRule(
  { id: 'DR121', title: 'media are files', severity: 'error' },
  (path, material, { report }) => {
    if (path.style !== 'url') return;
    report({
      path: [...material.path, 'path'],
      message: `media must be local (got ${path.written})`,
      hint: 'download it first',
    });
  },
);

/** DR122: files travel with the draft. */
export const mediaOutside = pathRule(
  { id: 'DR122', title: 'media lie in the draft', severity: 'error' },
  (path, material, { opened, profile, exists, report }) => {
    if (!isAbsolute(path) || path.inside !== undefined || opened.kind === 'zip') return;
    if (exists?.(path.written) === false) return;
    report({
      path: [...material.path, 'path'],
      severity: profile?.mediaInside === 'required' ? 'error' : 'warning',
      message: `"${path.written}" is outside of the draft`,
      hint: 'copy it into the draft folder',
    });
  },
);

/** DR123: folders that the app may not read. */
export const privateFolder = pathRule(
  { id: 'DR123', title: 'media do not lie on the desktop', severity: 'warning' },
  (path, material, { profile, report }) => {
    const [, folder] = /^\/Users\/[^/]+\/(Desktop|Documents|Downloads)\//.exec(path.written) ?? [];
    if (folder === undefined || profile?.os === 'windows') return;
    report({
      path: [...material.path, 'path'],
      message: `"${path.written}": the app has no permission in ${folder}`,
      hint: 'copy it into the draft folder',
    });
  },
);

/** DR124: paths are those of the system of the app. */
export const foreignPath = pathRule(
  { id: 'DR124', title: 'paths are those of the system', severity: 'error' },
  (path, material, { profile, report }) => {
    // One that leads into the draft where it is now was made for this place.
    if (profile === undefined || path.inside !== undefined) return;
    const isForeign = profile.os === 'mac' ? path.style === 'windows' : path.style === 'posix';
    if (!isForeign) return;
    const [has, needs] = profile.os === 'mac' ? ['Windows', 'mac'] : ['mac', 'Windows'];
    report({
      path: [...material.path, 'path'],
      message: `${has} path "${path.written}" in a ${needs} draft`,
      hint: 'relink it',
    });
  },
);

/** DR125: a draft that is sent holds what it needs. */
export const absoluteInZip: DraftRule = {
  id: 'DR125',
  title: 'a packed draft has no absolute paths',
  severity: 'error',
  fixable: true,
  draft({ opened, view, meta, report }) {
    if (opened.kind !== 'zip') return;
    const find = draftPaths(opened);
    const listed = listedPaths(meta?.value);
    for (const material of view.materials) {
      const written = mediaPathOf(material);
      if (written === undefined || !isAbsolute(readMediaPath(written, opened))) continue;
      const { entry } = find(written);
      const own = [...material.path, 'path'];
      report({
        path: own,
        message: `"${written}" is absolute, so the packed draft cannot be moved`,
        ...(entry?.kind === 'file'
          ? {
              fix: {
                title: 'use the token of the app',
                timeline: (edit: JsonEditor) => edit.setAt(own, tokenPath(entry)),
                // The list of media names it by the same path.
                meta: (edit: JsonEditor) => {
                  for (const { at, file } of listed)
                    if (find(file).entry === entry) edit.setAt(at, tokenPath(entry));
                },
              },
            }
          : { hint: 'pack the media, and use the token of the app' }),
      });
    }
  },
};

function tokenPath({ path }: DraftEntry): string {
  return `${DRAFT_PATH_TOKEN}/${path}`;
}

/** Paths of the list of media in `draft_meta_info.json`, and where they stand there. */
function listedPaths(meta: Loose = {}): { at: PathSegment[]; file: string }[] {
  return listOf(meta.draft_materials).flatMap((group, index) =>
    listOf(objectOf(group).value).flatMap((entry, number) => {
      const file = textOf(objectOf(entry).file_Path);
      return file === undefined
        ? []
        : [{ at: ['draft_materials', index, 'value', number, 'file_Path'], file }];
    }),
  );
}

/** DR126: paths stay in the draft. */
export const escapingPath = pathRule(
  { id: 'DR126', title: 'paths stay in the draft', severity: 'error' },
  (path, material, { opened, report }) => {
    const link = throughLink(path, opened);
    if (!path.escapes && link === undefined) return;
    const why = path.escapes ? 'leaves the draft' : `goes through the link ${link}`;
    report({ path: [...material.path, 'path'], message: `"${path.written}" ${why}` });
  },
);

function throughLink({ inside }: MediaPath, { entries }: OpenedDraft): string | undefined {
  if (inside === undefined) return undefined;
  const parts = inside.split('/');
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return prefixes.find((prefix) => entries.get(prefix)?.kind === 'link');
}

/** DR127: names differ on every system. */
export const collidingNames: DraftRule = {
  id: 'DR127',
  title: 'names of media differ in more than case',
  severity: 'warning',
  draft({ opened, report }) {
    const seen = new Map<string, string>();
    for (const { path, kind } of opened.entries.values()) {
      if (kind !== 'file') continue;
      const other = seen.get(foldName(path));
      if (other === undefined) seen.set(foldName(path), path);
      else
        report({ message: `"${other}" and "${path}" are one file on Windows and macOS`, hint: 'rename one' });
    }
  },
};

/** DR130: the app knows the size of its media. */
export const unknownSize: DraftRule = {
  id: 'DR130',
  title: 'size and length of media are known',
  severity: 'error',
  draft({ view, report }) {
    for (const { array, value, path } of view.materials) {
      if (array !== 'videos' && array !== 'audios') continue;
      const keys =
        array === 'audios'
          ? ['duration']
          : value.type === 'photo'
            ? ['width', 'height']
            : ['width', 'height', 'duration'];
      const missing = keys.filter((key) => !((numberOf(value[key]) ?? 0) > 0));
      if (missing.length === 0) continue;
      const name = value.material_name ?? value.name ?? value.id;
      report({
        path: [...path, missing[0]!],
        message: `${missing.join(' and ')} of ${showJson(name)} must be > 0 (got ${showJson(value[missing[0]!])})`,
      });
    }
  },
};

/** DR131: the token is the one that the app replaces. */
export const unknownToken = pathRule(
  { id: 'DR131', title: 'path tokens are those of the app', severity: 'error', fixable: true },
  (path, material, { report }) => {
    if (path.style !== 'token' || isKnownToken(path.written)) return;
    const own = [...material.path, 'path'];
    report({
      path: own,
      message: `the token of "${path.written}" is not the one that the app replaces`,
      fix: {
        title: 'use the token of the app',
        timeline: (edit) => edit.setAt(own, withKnownToken(path.written)),
      },
    });
  },
);
