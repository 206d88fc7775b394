import { listTimeline } from '@cozecut/draft-core';
import { shownTrack } from '../show.ts';
import { storedTimeline } from '../stored-timeline.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** What a draft is, and its tracks. */
export const getDraft: ToolHandler<'get_draft'> = async (input, { drafts }) => {
  const { id, name, state, revision, folder, timeline: stored } = await drafts.get(input.draft_id);
  const timeline = storedTimeline(stored);
  const { canvas, profile } = timeline;
  const { durationUs, tracks } = listTimeline(timeline);
  return {
    draft_id: id,
    draft_url: drafts.draftUrl(id),
    name,
    status: state === 'saved' ? 'completed' : 'open',
    revision,
    width: canvas.width,
    height: canvas.height,
    fps: canvas.fps,
    duration_us: durationUs,
    ...(profile === undefined ? {} : { profile }),
    ...(folder === undefined ? {} : { folder_path: folder }),
    tracks: tracks.map(shownTrack),
    ...(input.include_timeline ? { timeline: JSON.stringify(timeline) } : {}),
  };
};
