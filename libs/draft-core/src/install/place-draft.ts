import { withSlashes } from '../compile/draft-files.ts';
import { metaDocument } from '../compile/meta-document.ts';
import { viewDraft } from '../drafts/draft-view.ts';
import { JsonDocument } from '../drafts/json/json-document.ts';
import { chooseFixes } from '../drafts/json/text-edits.ts';
import { META_NAME } from '../drafts/layout.ts';
import { draftFilePath, lintDraft } from '../drafts/lint-draft.ts';
import { type Loose, numberOf, objectOf } from '../drafts/loose.ts';
import type { DraftEntry, OpenedDraft } from '../drafts/opened-draft.ts';
import type { Profile } from '../profiles/profile.ts';
import { draftPaths, isPath } from './draft-paths.ts';
import { type PlacePath, placePaths } from './path-strings.ts';

/** Where a draft goes, and what it is there. */
export interface DraftPlace {
  /** Absolute path of the draft folder. */
  folder: string;
  /** Absolute path of the draft root. */
  root: string;
  name: string;
  profile: Profile;
  draftId: string;
  /** New id of the timeline, for a draft whose ids are taken; `undefined` keeps it. */
  timelineId: string | undefined;
  /** Unix time in microseconds, for a draft that does not say when it was made. */
  nowUs: number;
  /** Files that were copied in: path as written, and file in the draft. */
  copied: ReadonlyMap<string, DraftEntry>;
}

/** The documents of a draft for its place. */
export interface PlacedDraft {
  /** The timeline that is read. */
  timeline: JsonDocument;
  meta: JsonDocument;
  durationUs: number;
  /** Size of the media, as far as the file about the draft says it. */
  mediaBytes: number | undefined;
  createdUs: number;
  modifiedUs: number;
}

/** Keys about the place itself, which are set and not looked up. */
const PLACE_KEYS = ['draft_fold_path', 'draft_root_path'];
/** Mends what the draft says about itself: media are listed, linked and counted, and its length is right. */
const MENDED = new Set(['DR140', 'DR141', 'DR156']);
const MEND_ROUNDS = 5;

/** A timeline document with the paths of a place; nothing else changes. */
export function placeTimeline(
  document: JsonDocument,
  opened: OpenedDraft,
  { folder, copied, timelineId }: DraftPlace,
): JsonDocument {
  const placed = placePaths(document, placer(opened, folder, copied));
  return placed.edit((edit) => {
    const mode = placed.at(['config', 'material_save_mode']);
    // Says that paths have the token; they are absolute now.
    if (mode !== undefined && placed !== document && placed.value(mode) === 1) edit.set(mode, 0);
    if (timelineId !== undefined) edit.setAt(['id'], timelineId);
  });
}

/** The timeline and the file about the draft, for a place. */
export function placeDraft(opened: OpenedDraft, primary: JsonDocument, place: DraftPlace): PlacedDraft {
  const timeline = placeTimeline(primary, opened, place);
  const content = objectOf(timeline.value(timeline.root));
  const { endUs } = viewDraft(content);
  const meta = placeMeta(opened, endUs, place);
  const mended = mend(opened, timeline, meta, place);
  const value = objectOf(mended.meta.value(mended.meta.root));
  const timeOf = (key: string): number => numberOf(value[key]) ?? place.nowUs;
  return {
    ...mended,
    durationUs: endUs,
    mediaBytes: numberOf(value.draft_timeline_materials_size_) || undefined,
    createdUs: timeOf('tm_draft_create'),
    modifiedUs: timeOf('tm_draft_modified'),
  };
}

function placeMeta(opened: OpenedDraft, durationUs: number, place: DraftPlace): JsonDocument {
  const { folder, root, name, draftId, nowUs, copied, profile } = place;
  const nowMs = Math.floor(nowUs / 1000);
  const former =
    opened.meta?.document ??
    newMeta({ draftId, name, durationUs, createdMs: nowMs, nowMs, app: profile.app });
  const paths = placer(opened, folder, copied);
  const placed = placePaths(former, (path) =>
    PLACE_KEYS.includes(String(path.keys[0])) ? undefined : paths(path),
  );
  const value = objectOf(placed.value(placed.root));
  return placed.edit((edit) => {
    const known: Loose = {
      draft_fold_path: withSlashes(folder),
      draft_root_path: withSlashes(root),
      draft_name: name,
      draft_id: draftId,
    };
    for (const [key, text] of Object.entries(known)) edit.setAt([key], text);
    for (const key of ['tm_draft_create', 'tm_draft_modified'])
      if (!((numberOf(value[key]) ?? 0) > 0)) edit.setAt([key], nowUs);
  });
}

function newMeta(parts: Omit<Parameters<typeof metaDocument>[0], 'mediaBytes' | 'entries'>): JsonDocument {
  return new JsonDocument(JSON.stringify(metaDocument({ ...parts, mediaBytes: 0, entries: [] })), META_NAME);
}

/** Gives a path in the draft its absolute form; the apps have `/` in it on every system. */
function placer(opened: OpenedDraft, folder: string, copied: ReadonlyMap<string, DraftEntry>): PlacePath {
  const find = draftPaths(opened);
  return (string) => {
    const found = find(string.written);
    const entry = isPath(found, string) ? (found.entry ?? copied.get(string.written)) : undefined;
    return entry === undefined ? undefined : `${withSlashes(folder)}/${entry.path}`;
  };
}

function mend(
  opened: OpenedDraft,
  timeline: JsonDocument,
  meta: JsonDocument,
  { folder, name, profile, copied }: DraftPlace,
): { timeline: JsonDocument; meta: JsonDocument } {
  const entries = new Map(opened.entries);
  for (const entry of copied.values()) entries.set(entry.path, entry);
  const side = opened.meta ?? { path: META_NAME, state: 'plain' as const, sha256: '' };
  // A list that we make is complete; one that is there is completed where the app asks for it.
  const isListed = profile.registerMedia !== 'optional' || opened.meta?.document === undefined;
  let placed = { timeline, meta };
  for (let round = 0; round < MEND_ROUNDS; round++) {
    const draft: OpenedDraft = {
      ...opened,
      kind: 'folder',
      path: folder,
      name,
      entries,
      timeline: placed.timeline,
      meta: { ...side, document: placed.meta },
    };
    const problems = lintDraft(draft, { profile }).filter(
      ({ code }) => MENDED.has(code) && (isListed || code === 'DR156'),
    );
    const { edits, count } = chooseFixes(problems);
    if (count === 0) break;
    const editsOf = (path: string) => edits.filter(({ file }) => file === draftFilePath(draft, path));
    placed = {
      timeline: placed.timeline.apply(editsOf(opened.primary.path)),
      meta: placed.meta.apply(editsOf(META_NAME)),
    };
  }
  return placed;
}
