import { addTrack } from '../add-track.ts';
import { timed, transformOf } from '../clip-input.ts';
import { reference } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Stickers on a track. */
export const addStickers: ToolHandler<'add_stickers'> = (input, context) =>
  addTrack(
    input,
    'sticker',
    ({ canvas }) =>
      input.sticker_infos.map(({ sticker_id, scale, ...info }) => ({
        clip: {
          sticker: reference(sticker_id),
          ...timed(info),
          transform: { ...transformOf(info, canvas), ...(scale === undefined ? {} : { scale }) },
        },
      })),
    context,
  );
