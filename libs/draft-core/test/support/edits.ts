import type { Catalog } from '@cozecut/catalog';
import {
  applyDraftEdits,
  compileDraft,
  type DraftEdit,
  draftFiles,
  type EditedDraft,
  type EditPorts,
  findProfile,
  JsonDocument,
  type OpenedDraft,
} from '../../src/index.ts';
import { catalog } from './catalog.ts';
import { countingUuid, fixedNow } from './ids.ts';
import { mediaMap, paperFile } from './media.ts';
import { timelineOf } from './timeline.ts';

/** JSON of which the test knows the shape. */
// biome-ignore lint/suspicious/noExplicitAny: documents of drafts are looked into at any depth.
export type Any = any;

/** Files of the tests of edits, all on paper. */
export const editFiles = mediaMap(
  ...['a', 'b', 'c'].map((name) => paperFile(`${name}.mp4`, { kind: 'video', durationUs: 2_000_000 })),
  paperFile('one.mp4', { kind: 'video', durationUs: 1_000_000 }),
  paperFile('four.mp4', { kind: 'video', durationUs: 4_000_000 }),
  paperFile('talk.mp4', { kind: 'video' }),
  paperFile('cat.gif', { kind: 'gif', width: 100, height: 100, durationUs: 2_000_000 }),
  paperFile('poster.png', { kind: 'photo', width: 800, height: 600 }),
  paperFile('song.mp3', { kind: 'audio', durationUs: 30_000_000 }),
  paperFile('ten.mp3', { kind: 'audio' }),
  paperFile('bell.mp3', { kind: 'audio', durationUs: 1_000_000 }),
);

/** An opened draft with these documents, which lies nowhere. */
export function openedFrom(timeline: string, meta?: string, name = 'test'): OpenedDraft {
  const primary = {
    path: 'draft_content.json',
    role: 'primary',
    state: 'plain',
    bytes: 0,
    sha256: '',
    modifiedMs: 0,
  } as const;
  return {
    kind: 'folder',
    path: `/drafts/${name}`,
    name,
    entries: new Map(),
    timelines: [primary],
    primary,
    reason: '',
    isChosen: false,
    timeline: new JsonDocument(timeline, 'draft_content.json'),
    encrypted: [],
    mainTimelineId: undefined,
    meta:
      meta === undefined
        ? undefined
        : {
            path: 'draft_meta_info.json',
            state: 'plain',
            sha256: '',
            document: new JsonDocument(meta, 'draft_meta_info.json'),
          },
    index: undefined,
  };
}

/** A compiled draft, opened. */
export function draftOf(
  timeline: unknown,
  {
    profile,
    name = 'test',
    catalog: resources = catalog,
  }: { profile?: string; name?: string; catalog?: Catalog } = {},
): OpenedDraft {
  const uuid = countingUuid();
  const { draft, problems } = compileDraft(timeline, {
    media: editFiles,
    draftName: name,
    now: fixedNow,
    // Ids of another draft are others.
    uuid: () => uuid().replace(/^.{8}/, name === 'test' ? '00000000' : '11111111'),
    catalog: resources,
    ...(profile === undefined ? {} : { profile }),
  });
  if (draft === undefined)
    throw new Error(JSON.stringify(problems.filter(({ severity }) => severity === 'error')));
  const files = draftFiles(draft, { kind: 'absolute', folder: `/drafts/${name}` });
  const textOf = (file: string): string => files.find((one) => one.name === file)!.text;
  const opened = openedFrom(
    textOf(findProfile(profile ?? 'jianying-5.9-win').primaryName),
    textOf('draft_meta_info.json'),
    name,
  );
  const entries = draft.media.map(
    ({ path, file }) => ({ path, kind: 'file', bytes: file.bytes, modifiedMs: 0 }) as const,
  );
  return { ...opened, entries: new Map(entries.map((entry) => [entry.path, entry])) };
}

/** Three clips of two seconds that touch each other. */
export function threeClips(): OpenedDraft {
  const clips = ['a', 'b', 'c'].map((name, index) => ({
    id: name,
    media: `${name}.mp4`,
    start: 2 * index,
    duration: 2,
  }));
  return draftOf(timelineOf({ type: 'video', name: 'main', clips }));
}

/** Makes edits. */
export function edit(
  opened: OpenedDraft,
  edits: readonly DraftEdit[],
  ports: Partial<EditPorts> = {},
): EditedDraft {
  return applyDraftEdits(opened, edits, {
    now: fixedNow,
    // One edit follows another, so that counting from 1 would give an id twice.
    uuid: () => crypto.randomUUID(),
    media: editFiles,
    catalog,
    ...ports,
  });
}

/** The draft after edits that must succeed. */
export function edited(
  opened: OpenedDraft,
  edits: readonly DraftEdit[],
  ports: Partial<EditPorts> = {},
): OpenedDraft {
  const result = edit(opened, edits, ports);
  const errors = result.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const { timeline = opened.timeline, meta } = result;
  return {
    ...opened,
    timeline,
    meta: opened.meta && { ...opened.meta, document: meta ?? opened.meta.document },
  };
}

/** The parsed timeline document. */
export function contentOf({ timeline }: OpenedDraft): Any {
  return timeline!.value(timeline!.root);
}

/** The parsed `draft_meta_info.json`. */
export function metaOf({ meta }: OpenedDraft): Any {
  return meta!.document!.value(0);
}

/** Start and length of the clips of a track, in seconds. */
export function places(opened: OpenedDraft, track = 0): [start: number, duration: number][] {
  return contentOf(opened).tracks[track].segments.map(({ target_timerange: { start, duration } }: Any) => [
    start / 1e6,
    duration / 1e6,
  ]);
}

/** Every id in a draft that must be unique. */
export function idsOf(content: Any): string[] {
  return [
    ...Object.values<Any[]>(content.materials).flatMap((entries) => entries.map(({ id }) => id)),
    ...content.tracks.flatMap(({ id, segments }: Any) => [
      id,
      ...segments.flatMap((segment: Any) => [
        segment.id,
        ...segment.common_keyframes.flatMap((curve: Any) => [
          curve.id,
          ...curve.keyframe_list.map((one: Any) => one.id),
        ]),
      ]),
    ]),
  ];
}

/** References of segments that lead nowhere. */
export function danglingOf(content: Any): string[] {
  const known = new Set(
    Object.values<Any[]>(content.materials).flatMap((entries) => entries.map(({ id }) => id)),
  );
  return content.tracks.flatMap(({ segments }: Any) =>
    segments.flatMap(({ material_id, extra_material_refs = [] }: Any) =>
      [material_id, ...extra_material_refs].filter((id: string) => !known.has(id)),
    ),
  );
}
