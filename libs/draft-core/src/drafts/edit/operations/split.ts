import type { Static } from 'typebox';
import { formatUs } from '../../../timeline/time.ts';
import { Type } from '../../../timeline/type.ts';
import { failEdit } from '../fail.ts';
import type { Operation } from '../operation.ts';
import { ClipTargetSchema, clipPlace, findClip, TimeSchema } from '../select.ts';
import { readTime, spanOf } from '../spans.ts';
import { splitSegment } from '../split-segment.ts';

/** Schema of a `split`. */
export const splitSchema = Type.Object(
  {
    op: Type.Literal('split'),
    clip: ClipTargetSchema,
    at: { ...TimeSchema, description: 'Time on the timeline at which the second part begins' },
  },
  { additionalProperties: false, description: 'Splits a clip into two that play like it' },
);

/** Splits a clip. */
export const split: Operation<Static<typeof splitSchema>> = {
  schema: splitSchema,
  apply({ clip, at }, context) {
    const found = findClip(context.draft, clip);
    const said = clipPlace(context.draft, found);
    const atUs = readTime(at, 'at');
    const { startUs, endUs } = spanOf(found.segment);
    if (atUs <= startUs || atUs >= endUs) {
      failEdit(
        'DR165',
        `${said} plays from ${formatUs(startUs)} to ${formatUs(endUs)}: ${formatUs(atUs)} is not inside`,
      );
    }
    splitSegment(context, found, atUs);
    return `split ${said} at ${formatUs(atUs)}`;
  },
};
