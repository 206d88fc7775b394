import type { Static } from 'typebox';
import { formatUs } from '../../../timeline/time.ts';
import { Type } from '../../../timeline/type.ts';
import { Cloner } from '../clone.ts';
import { checkTrackType } from '../fail.ts';
import type { Operation } from '../operation.ts';
import {
  ClipTargetSchema,
  clipPlace,
  findClip,
  findDraftTrack,
  TimeSchema,
  TrackTargetSchema,
} from '../select.ts';
import { place } from '../settle.ts';
import { readTime, setSpan, shiftFrom, spanOf } from '../spans.ts';

/** Schema of a `duplicate`. */
export const duplicateSchema = Type.Object(
  {
    op: Type.Literal('duplicate'),
    clip: ClipTargetSchema,
    start: Type.Optional({
      ...TimeSchema,
      description: 'Where the copy begins; default: where the clip ends',
    }),
    to: Type.Optional({ ...TrackTargetSchema, description: 'Track of the same type for the copy' }),
    ripple: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether clips from there on make room for the copy' }),
    ),
  },
  { additionalProperties: false, description: 'Copies a clip with everything it uses, under new ids' },
);

/** Copies a clip. */
export const duplicate: Operation<Static<typeof duplicateSchema>> = {
  schema: duplicateSchema,
  apply({ clip, start, to, ripple = false }, { draft }) {
    const found = findClip(draft, clip);
    const { endUs, durationUs } = spanOf(found.segment);
    const startUs = start === undefined ? endUs : readTime(start, 'start');
    const target = to === undefined ? found.track : findDraftTrack(draft, to);
    checkTrackType(found.track.type, target);
    if (ripple) shiftFrom(target, startUs, durationUs);
    const copy = new Cloner(draft, draft).segment(found.segment);
    setSpan(copy, startUs, durationUs);
    place(target, copy);
    return `duplicated ${clipPlace(draft, found)} at ${formatUs(startUs)}`;
  },
};
