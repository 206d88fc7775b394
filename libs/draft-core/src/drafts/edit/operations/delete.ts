import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import { listOf } from '../../loose.ts';
import type { Operation } from '../operation.ts';
import type { Segment, Track } from '../parts.ts';
import { ClipTargetSchema, clipPlace, findClip } from '../select.ts';
import { shiftFrom, spanOf } from '../spans.ts';

/** Schema of a `delete`. */
export const deleteSchema = Type.Object(
  {
    op: Type.Literal('delete'),
    clip: ClipTargetSchema,
    ripple: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether later clips of the track close the gap' }),
    ),
  },
  { additionalProperties: false, description: 'Removes a clip, and what only it used' },
);

/** Removes a clip. */
export const deleteClip: Operation<Static<typeof deleteSchema>> = {
  schema: deleteSchema,
  apply({ clip, ripple = false }, { draft, release }) {
    const found = findClip(draft, clip);
    const said = clipPlace(draft, found);
    release(takeOut(found.track, found.segment));
    if (ripple) {
      const { endUs, durationUs } = spanOf(found.segment);
      shiftFrom(found.track, endUs, -durationUs);
    }
    return `deleted ${said}`;
  },
};

/** Takes a segment off its track; gives the ids of the materials that it used. */
export function takeOut(track: Track, segment: Segment): string[] {
  track.segments.splice(track.segments.indexOf(segment), 1);
  const refs = listOf(segment.extra_material_refs) as string[];
  return [segment.material_id, ...refs];
}
