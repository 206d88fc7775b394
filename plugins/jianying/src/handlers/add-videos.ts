import { addTrack } from '../add-track.ts';
import { leaving, pictured, played, timed } from '../clip-input.ts';
import { coverer } from '../cover.ts';
import { withScenes } from '../scenes.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Video clips on a track. */
export const addVideos: ToolHandler<'add_videos'> = async (input, context) => {
  const infos = withScenes(input);
  const covering = await coverer(infos, (info) => info.video_url, context);
  return addTrack(
    input,
    'video',
    ({ canvas }) =>
      infos.map((info) => ({
        clip: {
          media: info.video_url,
          ...timed(info),
          ...played(info),
          ...covering(info, pictured(info, input, canvas), canvas),
        },
        ...leaving(info),
      })),
    context,
  );
};
