import type { Static } from 'typebox';
import { formatUs } from '../../../timeline/time.ts';
import { Type } from '../../../timeline/type.ts';
import { failEdit } from '../fail.ts';
import type { EditContext, Operation } from '../operation.ts';
import type { Segment, Track } from '../parts.ts';
import { clipPlace, findDraftTrack, inOrder, TimeSchema, TrackTargetSchema } from '../select.ts';
import { readTime, shiftFrom, spanIfAny } from '../spans.ts';
import { splitSegment } from '../split-segment.ts';
import { takeOut } from './delete.ts';

/** Schema of a `cut`. */
export const cutSchema = Type.Object(
  {
    op: Type.Literal('cut'),
    start: { ...TimeSchema, description: 'First time that goes' },
    end: { ...TimeSchema, description: 'First time behind it that stays' },
    ripple: Type.Optional(
      Type.Boolean({ default: true, description: 'Whether what is behind it moves up; else a gap is left' }),
    ),
    tracks: Type.Optional(Type.Array(TrackTargetSchema, { minItems: 1, description: 'Default: all tracks' })),
  },
  { additionalProperties: false, description: 'Takes a range of time out of all tracks, or of some' },
);

/** Takes a range of time out. */
export const cut: Operation<Static<typeof cutSchema>> = {
  schema: cutSchema,
  apply({ start, end, ripple = true, tracks: targets }, context) {
    const { draft } = context;
    const [startUs, endUs] = [readTime(start, 'start'), readTime(end, 'end')];
    if (startUs < 0) failEdit('DR002', `start ${formatUs(startUs)} is before 0`);
    if (endUs <= startUs)
      failEdit('DR003', `the end ${formatUs(endUs)} must be after the start ${formatUs(startUs)}`);
    const tracks =
      targets === undefined ? draft.tracks : targets.map((target) => findDraftTrack(draft, target));
    for (const track of new Set(tracks)) {
      cutTrack(context, track, startUs, endUs);
      if (ripple) shiftFrom(track, endUs, startUs - endUs);
    }
    return `cut ${formatUs(startUs)} - ${formatUs(endUs)}${ripple ? '' : ', leaving a gap'}`;
  },
};

function cutTrack(context: EditContext, track: Track, startUs: number, endUs: number): void {
  const { draft } = context;
  const headOf = new Map<Segment, Segment>();
  for (const atUs of [startUs, endUs]) {
    for (const segment of [...track.segments]) {
      const span = spanIfAny(segment);
      if (
        span !== undefined &&
        span.startUs < atUs &&
        atUs < span.endUs &&
        span.endUs > startUs &&
        span.startUs < endUs
      )
        headOf.set(splitSegment(context, { track, segment }, atUs), segment);
    }
  }
  const order = inOrder(track);
  for (const segment of order) {
    const span = spanIfAny(segment);
    if (span === undefined || span.startUs < startUs || span.endUs > endUs) continue;
    const transitions = draft.companions(segment, 'transitions').map(({ id }) => id);
    const head = headOf.get(segment);
    const said = clipPlace(draft, { track, segment });
    const next = order[order.indexOf(segment) + 1];
    context.release(takeOut(track, segment));
    if (transitions.length === 0) continue;
    // The end of a clip goes, the clip does not: what follows is held against the transition when all edits are made.
    if (head !== undefined) for (const id of transitions) draft.refer(head, id);
    else if (isNeighbour(next, span.endUs) && spanIfAny(next)!.endUs > endUs)
      context.warn('DR074', `the transition after ${said} was removed with it`);
  }
}

function isNeighbour(next: Segment | undefined, endUs: number): next is Segment {
  return next !== undefined && spanIfAny(next)?.startUs === endUs;
}
