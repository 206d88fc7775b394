import { addTrack } from '../add-track.ts';
import { overlaid, timed, transformOf } from '../clip-input.ts';
import { templateOf } from '../text-template.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** A template of texts on a track. */
export const addTextTemplate: ToolHandler<'add_text_template'> = async (input, context) => {
  const { draft_id, template_id, texts, scale } = input;
  const { draft_url, track_id, segment_ids, segment_infos, problems } = await addTrack(
    input,
    'text',
    ({ canvas }) => [
      {
        clip: {
          ...templateOf(template_id, texts),
          ...timed(input),
          transform: overlaid(scale === undefined ? {} : { scale }, transformOf(input, canvas)),
        },
      },
    ],
    context,
  );
  const [{ start, end }] = segment_infos as [(typeof segment_infos)[number]];
  return {
    draft_id,
    draft_url,
    template_id,
    track_id,
    segment_id: segment_ids[0]!,
    duration: end - start,
    problems,
  };
};
