import { type Clip, listTimeline, type Timeline, type Track } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { closest, type Problem, UserError } from '@cozecut/problems';
import { changeDraft } from './change-draft.ts';
import { draftReference } from './draft-reference.ts';
import type { MoveSegmentOutput } from './tools.gen.ts';
import { finding } from './write-draft.ts';

/** What every tool that changes clips answers with. */
export type Changed = MoveSegmentOutput;

/** A clip with its track. */
export interface PlacedClip {
  clip: Clip;
  track: Track;
}

/** What was done, and what is worth knowing about it. */
export interface Told {
  message: string;
  problems?: readonly Problem[];
}

/** Makes the answer to a change: what is new, what is other than before. */
export function describeChange(
  draftId: string,
  before: Timeline,
  after: Timeline,
  { message, problems = [] }: Told,
  context: Pick<ToolContext, 'drafts'>,
): Changed {
  const former = new Map(clipsOf(before).map((clip) => [clip.id!, JSON.stringify(clip)]));
  const now = clipsOf(after);
  const changed: string[] = [];
  const made: string[] = [];
  for (const clip of now) {
    const was = former.get(clip.id!);
    if (was === undefined) made.push(clip.id!);
    else if (was !== JSON.stringify(clip)) changed.push(clip.id!);
  }
  const left = new Set(now.map(({ id }) => id!));
  const list = listTimeline(after);
  return {
    ...draftReference(draftId, context),
    message,
    segment_ids: changed,
    new_segment_ids: made,
    deleted_segment_ids: [...former.keys()].filter((id) => !left.has(id)),
    segment_infos: spansOf(list, [...changed, ...made]),
    duration_us: list.durationUs,
    problems: problems.map(finding),
  };
}

/** Where some clips are, as the tools that add clips answer and `keyframes_infos` takes it. */
export function spansOf(
  { tracks }: ReturnType<typeof listTimeline>,
  ids: readonly string[],
): Changed['segment_infos'] {
  const wanted = new Set(ids);
  return tracks
    .flatMap(({ clips }) => clips)
    .filter(({ id }) => wanted.has(id))
    .map(({ id, startUs = 0, durationUs = 0 }) => ({ id, start: startUs, end: startUs + durationUs }));
}

/**
 * Changes clips by their ids, all or none.
 *
 * @throws UserError SEGMENT_NOT_FOUND, and what {@link changeDraft} throws.
 */
export async function changeClips(
  draftId: string,
  segmentIds: readonly string[],
  change: (placed: PlacedClip, timeline: Timeline) => Clip,
  context: ToolContext,
): Promise<Changed> {
  return changeDraft(
    draftId,
    (before) => {
      const after = mapClips(before, segmentIds, (placed) => change(placed, before));
      const told = { message: changedWords(segmentIds) };
      return { timeline: after, result: describeChange(draftId, before, after, told, context) };
    },
    context,
  );
}

/** The timeline with some clips changed. @throws UserError SEGMENT_NOT_FOUND */
export function mapClips(
  timeline: Timeline,
  segmentIds: readonly string[],
  change: (placed: PlacedClip) => Clip,
): Timeline {
  const wanted = new Set(segmentIds);
  for (const id of wanted) findSegment(timeline, id);
  const tracks = timeline.tracks.map((track) => {
    if (!track.clips.some(({ id }) => wanted.has(id!))) return track;
    const clips = (track.clips as Clip[]).map((clip) =>
      wanted.has(clip.id!) ? change({ clip, track }) : clip,
    );
    return { ...track, clips } as Track;
  });
  return { ...timeline, tracks };
}

/** A clip by its id. @throws UserError SEGMENT_NOT_FOUND */
export function findSegment(timeline: Timeline, id: string): PlacedClip {
  for (const track of timeline.tracks)
    for (const clip of track.clips as Clip[]) if (clip.id === id) return { clip, track };
  const [near] = closest(
    id,
    clipsOf(timeline).map((clip) => clip.id!),
  );
  throw new UserError('SEGMENT_NOT_FOUND', `no clip has the id ${JSON.stringify(id)}`, {
    hint: near === undefined ? 'get the ids from get_track' : `did you mean ${near}?`,
  });
}

/**
 * Refuses a clip of a track that cannot have what is asked for.
 *
 * @throws UserError INPUT_INVALID
 */
export function requireKind(
  { clip, track }: PlacedClip,
  kinds: readonly Track['type'][],
  what: string,
): void {
  if (kinds.includes(track.type)) return;
  throw new UserError(
    'INPUT_INVALID',
    `clip ${clip.id} is on a track of ${track.type} clips, which have no ${what}`,
    {
      hint: `clips of ${kinds.join(' and ')} tracks have`,
    },
  );
}

function clipsOf({ tracks }: Timeline): Clip[] {
  return tracks.flatMap(({ clips }) => clips as Clip[]);
}

function changedWords(ids: readonly string[]): string {
  const count = new Set(ids).size;
  return count === 1 ? 'changed 1 clip' : `changed ${count} clips`;
}
