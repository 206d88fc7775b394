import { type Clip, parseTimeline, type Timeline, type Track, type TrackType } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { AddVideosOutput } from './tools.gen.ts';

/** What every tool that adds a track answers with. */
export type Added = AddVideosOutput;

/**
 * Puts clips on a new track above the earlier ones of its kind. The draft is checked with the new track before it is
 * kept, so a refused call leaves it as it was.
 *
 * @throws UserError DRAFT_INVALID with all findings.
 */
export async function addTrack<Kind extends TrackType>(
  draftId: string,
  type: Kind,
  makeClips: (timeline: Timeline) => Omit<Extract<Clip, object>, 'id'>[],
  { drafts, uuid, catalog }: ToolContext,
): Promise<Added> {
  const trackId = uuid();
  let segmentIds: string[] = [];
  await drafts.edit(draftId, (stored) => {
    const timeline = stored as Timeline;
    const clips = makeClips(timeline).map((clip) => ({ ...clip, id: uuid() }));
    segmentIds = clips.map((clip) => clip.id);
    const ofKind = timeline.tracks.filter((track) => track.type === type).length;
    const track = {
      id: trackId,
      type,
      name: `${type}_${ofKind + 1}`,
      layer: ofKind,
      clips,
    } as unknown as Track;
    const changed: Timeline = { ...timeline, tracks: [...timeline.tracks, track] };
    // Only what this call brings in can be wrong: what is kept was checked before.
    const own = `/tracks/${timeline.tracks.length}`;
    const options = { allowVip: true, ...(catalog === undefined ? {} : { catalog }) };
    const errors = parseTimeline(changed, options).problems.filter(
      (problem) => problem.severity === 'error' && (problem.pointer ?? own).startsWith(own),
    );
    if (errors.length > 0) throw UserError.fromProblems('DRAFT_INVALID', errors);
    return changed;
  });
  return { draft_id: draftId, track_id: trackId, segment_ids: segmentIds };
}
