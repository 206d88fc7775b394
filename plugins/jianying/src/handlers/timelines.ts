import { UserError } from '@cozecut/problems';
import { randomCuts } from '../random-cuts.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** A length of time in parts, of the same length or of random ones that are the same at every call. */
export const timelines: ToolHandler<'timelines'> = ({ duration, num, start, type }) => {
  if (!Number.isSafeInteger(start + duration))
    throw new UserError('INPUT_INVALID', 'start and duration together are too long');
  const cuts =
    type === 0
      ? Array.from(
          { length: Math.max(0, num - 1) },
          (_, index) => start + Math.floor(duration / num) * (index + 1),
        )
      : randomCuts(start, start + duration, Math.max(0, num - 1));
  const ends = num === 0 ? [] : [...cuts, start + duration];
  return {
    timelines: ends.map((end, index) => ({ start: index === 0 ? start : ends[index - 1]!, end })),
    all_timelines: [{ start, end: start + duration }],
  };
};
