import { UserError } from '@cozecut/problems';
import { probeMedia } from '../media.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Sounds one behind the other. */
export const audioTimelines: ToolHandler<'audio_timelines'> = async ({ links, start }, context) => {
  const files = await probeMedia(links, context);
  let end = start;
  const timelines = links.map((link) => {
    const { durationUs } = files.get(link)!.facts;
    if (durationUs <= 0)
      throw new UserError('MEDIA_UNSUPPORTED', `${JSON.stringify(link)} has no length: it is no sound`);
    const part = { start: end, end: end + durationUs };
    end = part.end;
    return part;
  });
  return { timelines, all_timelines: [{ start, end }] };
};
