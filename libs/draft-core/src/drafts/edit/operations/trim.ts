import type { Static } from 'typebox';
import { formatUs } from '../../../timeline/time.ts';
import { Type } from '../../../timeline/type.ts';
import { failEdit } from '../fail.ts';
import type { EditContext, Operation } from '../operation.ts';
import { assertPlain } from '../plain-speed.ts';
import { resize } from '../resize.ts';
import { ClipTargetSchema, clipPlace, type FoundClip, findClip, TimeSchema } from '../select.ts';
import { readLength, readTime, setSource, shiftFrom, sourceOf, spanOf, speedOf } from '../spans.ts';

/** Schema of a `trim`. */
export const trimSchema = Type.Object(
  {
    op: Type.Literal('trim'),
    clip: ClipTargetSchema,
    start: Type.Optional({
      ...TimeSchema,
      description: 'New start on the timeline; the picture stays where it is',
    }),
    end: Type.Optional({ ...TimeSchema, description: 'New end on the timeline' }),
    duration: Type.Optional({ ...TimeSchema, description: 'New length; excludes `end`' }),
    ripple: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether later clips of the track follow the end' }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'Moves the ends of a clip, to show less or more of its file; nothing else moves unless `ripple`',
  },
);

/** Moves the ends of a clip. */
export const trim: Operation<Static<typeof trimSchema>> = {
  schema: trimSchema,
  apply({ clip, start, end, duration, ripple = false }, { draft }) {
    if (end !== undefined && duration !== undefined)
      failEdit('INPUT_INVALID', 'give `end` or `duration`, not both');
    if (start === undefined && end === undefined && duration === undefined)
      failEdit('INPUT_INVALID', 'give `start`, `end` or `duration`');
    const found = findClip(draft, clip);
    const said = clipPlace(draft, found);
    const former = spanOf(found.segment);
    const startUs = start === undefined ? former.startUs : readTime(start, 'start');
    const endUs =
      duration !== undefined
        ? startUs + readLength(duration, 'duration')
        : end === undefined
          ? former.endUs
          : readTime(end, 'end');
    if (endUs <= startUs)
      failEdit('DR003', `the end ${formatUs(endUs)} must be after the start ${formatUs(startUs)}`);
    trimTo({ draft }, found, startUs, endUs);
    if (ripple) shiftFrom(found.track, former.endUs, endUs - former.endUs, found.segment);
    return `trimmed ${said} to ${formatUs(startUs)} - ${formatUs(endUs)}`;
  },
};

/** Moves the ends of a clip; what it shows at a time stays the same. */
export function trimTo(
  { draft }: Pick<EditContext, 'draft'>,
  found: FoundClip,
  startUs: number,
  endUs: number,
): void {
  const { segment } = found;
  const source = sourceOf(segment);
  const former = spanOf(segment);
  if (source !== undefined) {
    assertPlain(draft, found);
    const type = draft.material(segment.material_id)?.material.type;
    if (type === 'photo') setSource(segment, source.start, endUs - startUs);
    else {
      const speed = speedOf(segment);
      const skipped = Math.round((startUs - former.startUs) * speed);
      // The end of the part in the file moves as the end on the timeline does, so that nothing else of it changes.
      const added = Math.round((endUs - former.endUs) * speed);
      setSource(segment, source.start + skipped, source.duration - skipped + added);
    }
  }
  resize(draft, segment, startUs, endUs);
}
