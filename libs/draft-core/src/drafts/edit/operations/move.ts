import type { Static } from 'typebox';
import { formatUs } from '../../../timeline/time.ts';
import { Type } from '../../../timeline/type.ts';
import { checkTrackType, failEdit } from '../fail.ts';
import type { Operation } from '../operation.ts';
import {
  ClipTargetSchema,
  clipPlace,
  findClip,
  findDraftTrack,
  TimeSchema,
  TrackTargetSchema,
  trackPlace,
} from '../select.ts';
import { place } from '../settle.ts';
import { readTime, setSpan, spanOf } from '../spans.ts';

/** Schema of a `move`. */
export const moveSchema = Type.Object(
  {
    op: Type.Literal('move'),
    clip: ClipTargetSchema,
    start: Type.Optional({
      ...TimeSchema,
      description: 'New start on the timeline; default: the present one',
    }),
    to: Type.Optional({ ...TrackTargetSchema, description: 'Track of the same type to move it to' }),
  },
  { additionalProperties: false, description: 'Moves a clip in time, or to another track of its type' },
);

/** Moves a clip. */
export const move: Operation<Static<typeof moveSchema>> = {
  schema: moveSchema,
  apply({ clip, start, to }, { draft }) {
    const found = findClip(draft, clip);
    const { track, segment } = found;
    const said = clipPlace(draft, found);
    const span = spanOf(segment);
    const startUs = start === undefined ? span.startUs : readTime(start, 'start');
    if (startUs < 0) failEdit('DR002', `start ${formatUs(startUs)} is before 0`);
    const target = to === undefined ? track : findDraftTrack(draft, to);
    checkTrackType(track.type, target);
    setSpan(segment, startUs, span.durationUs);
    if (target !== track) {
      track.segments.splice(track.segments.indexOf(segment), 1);
      place(target, segment);
    }
    return `moved ${said} to ${formatUs(startUs)} on ${trackPlace(draft, target)}`;
  },
};
