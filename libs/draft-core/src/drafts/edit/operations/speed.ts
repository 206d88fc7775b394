import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import { stretchCurves } from '../curves.ts';
import { failEdit } from '../fail.ts';
import type { Operation } from '../operation.ts';
import { assertPlain } from '../plain-speed.ts';
import { fitCompanions } from '../resize.ts';
import { ClipTargetSchema, clipPlace, findClip } from '../select.ts';
import { setSpeed } from '../set-speed.ts';
import { setSpan, shiftFrom, sourceOf, spanOf } from '../spans.ts';

/** Schema of a `speed`. */
export const speedSchema = Type.Object(
  {
    op: Type.Literal('speed'),
    clip: ClipTargetSchema,
    speed: Type.Number({ description: 'How fast the file plays; 1 is its own speed' }),
    changePitch: Type.Optional(Type.Boolean({ description: 'Whether the pitch follows the speed' })),
    ripple: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether later clips of the track follow the end' }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Plays the same part of a file faster or slower; its length changes',
  },
);

/** Changes how fast a clip plays. */
export const speed: Operation<Static<typeof speedSchema>> = {
  schema: speedSchema,
  apply({ clip, speed: wanted, changePitch, ripple = false }, { draft, warn }) {
    if (!(wanted > 0 && Number.isFinite(wanted))) failEdit('DR022', `speed must be > 0 (got ${wanted})`);
    const found = findClip(draft, clip);
    const { track, segment } = found;
    const said = clipPlace(draft, found);
    const source = sourceOf(segment);
    const material = draft.material(segment.material_id);
    if (source === undefined || (track.type !== 'video' && track.type !== 'audio'))
      failEdit('DR010', `${said} plays no file`);
    if (material?.material.type === 'photo') failEdit('DR025', `${said} is a still picture: it has no speed`);
    assertPlain(draft, found);
    if (wanted < 0.1 || wanted > 8)
      warn('DR023', `speed ${wanted} is outside of the app's slider (0.1 to 8)`);
    const former = spanOf(segment);
    const durationUs = Math.round(source!.duration / wanted);
    if (durationUs <= 0) failEdit('DR003', `at speed ${wanted} nothing is left of ${said}`);
    setSpeed(draft, segment, wanted);
    if (changePitch !== undefined) segment.is_tone_modify = changePitch;
    setSpan(segment, former.startUs, durationUs);
    if (durationUs !== former.durationUs) {
      stretchCurves(segment, durationUs / former.durationUs, durationUs);
      fitCompanions(draft, segment, former.durationUs);
    }
    if (ripple) shiftFrom(track, former.endUs, durationUs - former.durationUs, segment);
    return `set the speed of ${said} to ${wanted}`;
  },
};
