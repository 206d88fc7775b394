import { addTrack } from '../add-track.ts';
import { pictured, played, timed } from '../clip-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Video clips on a new track. */
export const addVideos: ToolHandler<'add_videos'> = (input, context) =>
  addTrack(
    input.draft_id,
    'video',
    ({ canvas }) =>
      input.video_infos.map((info) => ({
        media: info.video_url,
        ...timed(info),
        ...played(info),
        ...pictured(info, input, canvas),
      })),
    context,
  );
