import { addTrack } from '../add-track.ts';
import { leaving, pictured, played, timed } from '../clip-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Video clips on a track. */
export const addVideos: ToolHandler<'add_videos'> = (input, context) =>
  addTrack(
    input,
    'video',
    ({ canvas }) =>
      input.video_infos.map((info) => ({
        clip: { media: info.video_url, ...timed(info), ...played(info), ...pictured(info, input, canvas) },
        ...leaving(info),
      })),
    context,
  );
