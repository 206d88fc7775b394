import { addTrack } from '../add-track.ts';
import { pictured, timed } from '../clip-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Pictures on a new track. */
export const addImages: ToolHandler<'add_images'> = (input, context) =>
  addTrack(
    input.draft_id,
    'video',
    ({ canvas }) =>
      input.image_infos.map((info) => ({
        media: info.image_url,
        ...timed(info),
        ...pictured(info, input, canvas),
      })),
    context,
  );
