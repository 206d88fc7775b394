import { addTrack } from '../add-track.ts';
import { leaving, pictured, timed } from '../clip-input.ts';
import { movement } from '../motion.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Pictures on a track. */
export const addImages: ToolHandler<'add_images'> = (input, context) =>
  addTrack(
    input,
    'video',
    ({ canvas }) =>
      input.image_infos.map((info) => {
        const looks = pictured(info, input, canvas);
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
