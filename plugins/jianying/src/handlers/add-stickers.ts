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

/** One sticker on a track. */
export const addSticker: ToolHandler<'add_sticker'> = async (input, context) => {
  const { draft_id, track_id: track, track_name: name, idempotency_key: key, ...info } = input;
  const { track_id, segment_ids, segment_infos, problems } = await addStickers(
    {
      draft_id,
      sticker_infos: [info],
      ...(track === undefined ? {} : { track_id: track }),
      ...(name === undefined ? {} : { track_name: name }),
      ...(key === undefined ? {} : { idempotency_key: key }),
    },
    context,
  );
  const [{ start, end }] = segment_infos as [(typeof segment_infos)[number]];
  return {
    draft_id,
    sticker_id: info.sticker_id,
    track_id,
    segment_id: segment_ids[0]!,
    duration: end - start,
    problems,
  };
};
