import type { ToolHandler } from '@cozecut/plugin-host';
import { type Added, addTrack } from '../add-track.ts';
import { type PictureInput, type PlacementInput, pictured, type TimedInput, timed } from '../clip-input.ts';

interface Input extends PlacementInput {
  draft_id: string;
  image_infos: ({ image_url: string } & TimedInput & PictureInput)[];
}

/** Pictures on a new track. */
export const addImages: ToolHandler<Input, Added> = (input, context) =>
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
