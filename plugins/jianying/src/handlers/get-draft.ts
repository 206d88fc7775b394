import { listTimeline } from '@cozecut/draft-core';
import type { SharedFile } from '@cozecut/plugin-host';
import { shownTrack } from '../show.ts';
import { storedTimeline } from '../stored-timeline.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** What a draft is, and its tracks. */
export const getDraft: ToolHandler<'get_draft'> = async (input, { drafts }) => {
  const { id, name, state, revision, folder, timeline: stored } = await drafts.get(input.draft_id);
  const timeline = storedTimeline(stored);
  const { canvas, profile } = timeline;
  const { durationUs, tracks } = listTimeline(timeline);
  const shared = await drafts.files?.(id);
  return {
    code: 0,
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
    files: firstFirst(shared?.files ?? []).map((file) => file.url),
    ...(shared === undefined ? {} : { files_revision: shared.revision, files_url: shared.url }),
    ...(input.include_timeline ? { timeline: JSON.stringify(timeline) } : {}),
  };
};

/** Clients that have this file make the other name of the timeline from it, and do not download that one. */
const FIRST = 'draft_content.json';

function firstFirst(files: readonly SharedFile[]): SharedFile[] {
  return files.toSorted((a, b) => Number(b.path === FIRST) - Number(a.path === FIRST));
}
