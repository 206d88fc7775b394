import { STICKER_ANIMATION } from '@cozecut/draft-core';
import { addTrack } from '../add-track.ts';
import { animated, overlaid, timed, transformOf } from '../clip-input.ts';
import { reference } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';
import { finding } from '../write-draft.ts';

/** Stickers on a track. */
export const addStickers: ToolHandler<'add_stickers'> = async (input, context) => {
  const { sticker_infos: infos } = input;
  const added = await addTrack(
    input,
    'sticker',
    ({ canvas }) =>
      infos.map(({ sticker_id, scale, ...info }) => ({
        clip: {
          sticker: reference(sticker_id),
          ...timed(info),
          transform: overlaid(scale === undefined ? {} : { scale }, transformOf(info, canvas)),
          ...animated(info, 'loop'),
        },
      })),
    context,
  );
  const isAnimated = infos.some((info) => info.in_animation ?? info.out_animation ?? info.loop_animation);
  return isAnimated ? { ...added, problems: [...added.problems, finding(STICKER_ANIMATION)] } : added;
};

/** One sticker on a track. */
export const addSticker: ToolHandler<'add_sticker'> = async (input, context) => {
  const { draft_id, track_id: track, track_name: name, idempotency_key: key, ...info } = input;
  const { draft_url, track_id, segment_ids, segment_infos, problems } = await addStickers(
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
    draft_url,
    sticker_id: info.sticker_id,
    track_id,
    segment_id: segment_ids[0]!,
    duration: end - start,
    problems,
  };
};
