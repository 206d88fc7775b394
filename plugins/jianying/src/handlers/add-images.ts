import { addTrack } from '../add-track.ts';
import { leaving, pictured, timed } from '../clip-input.ts';
import { coverer } from '../cover.ts';
import { movement } from '../motion.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Pictures on a track. */
export const addImages: ToolHandler<'add_images'> = async (input, context) => {
  const covering = await coverer(input.image_infos, (info) => info.image_url, context);
  return addTrack(
    input,
    'video',
    ({ canvas }) =>
      input.image_infos.map((info) => {
        const looks = covering(info, pictured(info, input, canvas), canvas);
        const { start, duration } = timed(info);
        return {
          clip: {
            media: info.image_url,
            start,
            duration,
            ...looks,
            ...movement(info.motion, looks.transform, duration),
          },
          ...leaving(info),
        };
      }),
    context,
  );
};
