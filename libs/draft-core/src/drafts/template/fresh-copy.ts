import { withSlashes } from '../../compile/draft-files.ts';
import { EditDraft } from '../edit/edit-draft.ts';
import { EditMeta } from '../edit/edit-meta.ts';
import { Spellings } from '../edit/spellings.ts';
import type { JsonDocument } from '../json/json-document.ts';
import type { JsonEditor } from '../json/json-editor.ts';
import { KIND } from '../json/tape.ts';
import { isObject, listOf, objectOf, textOf } from '../loose.ts';
import type { OpenedDraft } from '../opened-draft.ts';

/** What a copy of a draft gets. */
export interface CopyOptions {
  name: string;
  /** Absolute path of its folder. */
  folder: string;
  /** Unix time in milliseconds. */
  now(): number;
  /** A fresh random UUID. */
  uuid(): string;
}

/** The documents of a draft for another folder: every id is a new one, paths into the folder lead into the new one. */
export function freshCopy(opened: OpenedDraft, { name, folder, now, uuid }: CopyOptions): OpenedDraft {
  const { timeline, meta } = opened;
  const ids = new Map([...idsOf(opened)].map((id) => [id, uuid().toUpperCase()]));
  const former = `${withSlashes(opened.path)}/`;
  const moved = (text: string): string => {
    const isInside = withSlashes(text).startsWith(former);
    return isInside ? `${withSlashes(folder)}/${withSlashes(text).slice(former.length)}` : text;
  };
  const renew = (document: JsonDocument, editor: JsonEditor): void =>
    eachText(document, (node, text) => {
      const other = ids.get(text) ?? moved(text);
      if (other !== text) editor.set(node, other);
    });
  const about = meta?.document
    ?.edit((editor) => renew(meta.document!, editor))
    .edit((editor) => {
      editor.setAt(['draft_name'], name);
      editor.setAt(['draft_fold_path'], withSlashes(folder));
      editor.setAt(['draft_root_path'], withSlashes(folder).replace(/\/[^/]*$/, ''));
      for (const key of ['tm_draft_create', 'tm_draft_modified']) editor.setAt([key], now() * 1000);
    });
  return {
    ...opened,
    name,
    path: folder,
    timeline: timeline?.edit((editor) => renew(timeline, editor)),
    meta: meta && { ...meta, document: about },
  };
}

/** The ids that no other draft may have. */
function idsOf({ timeline, meta }: OpenedDraft): Set<string> {
  const ids = new Set<string>();
  const take = (value: unknown): void => {
    const id = textOf(objectOf(value).id);
    if (id !== undefined) ids.add(id);
  };
  const spellings = new Spellings();
  const draft = timeline && new EditDraft(timeline, spellings, () => '', timeline.name);
  take(draft?.content);
  for (const { material } of draft?.materials.values() ?? []) take(material);
  for (const track of draft?.tracks ?? []) {
    take(track);
    for (const segment of track.segments.filter(isObject)) {
      take(segment);
      for (const curve of listOf(segment.common_keyframes)) {
        take(curve);
        for (const point of listOf(objectOf(curve).keyframe_list)) take(point);
      }
    }
  }
  if (meta?.document !== undefined) {
    const { content, entries } = new EditMeta(meta.document, spellings);
    take({ id: content.draft_id });
    for (const entry of entries) take(entry);
  }
  return ids;
}

function eachText(document: JsonDocument, take: (node: number, text: string) => void): void {
  const visit = (node: number): void => {
    const kind = document.kind(node);
    if (kind === KIND.string) take(node, document.value(node) as string);
    else if (kind === KIND.object || kind === KIND.array)
      for (const member of document.members(node)) visit(document.valueOf(member));
  };
  visit(document.root);
}
