import { formatPointer, type PathSegment } from '@cozecut/problems';
import type { NormalTextClip } from '../timeline/model.ts';
import { clipPlace } from '../timeline/model.ts';
import type { ClipOf } from '../timeline/schema.ts';
import type { Rule, RuleContext } from './rule.ts';

type Place = ClipOf<'text'>['transform'];

/**
 * DR118: captions are where no app covers them and no screen cuts them. It is the place of a caption that counts, not
 * the box around it: how large that is can only be estimated, and the usual place at the bottom is fine.
 */
export const captionPlace: Rule = {
  warnsOnly: true,
  track({ captions, index, defaults }, context) {
    if (!captions) return;
    const at = ['tracks', index, 'defaults', 'transform'];
    checkPlace(defaults?.transform, `tracks[${index}].defaults.transform`, at, context);
  },
  clip(clip, track, context) {
    if (clip.kind !== 'text' || !track.captions) return;
    const at = ['tracks', clip.trackIndex, 'clips', clip.index];
    const { x, y } = clip.written.transform ?? {};
    const still = {
      ...(x === undefined || moves(clip, 'positionX') ? {} : { x }),
      ...(y === undefined || moves(clip, 'positionY') ? {} : { y }),
    };
    checkPlace(still, `${clipPlace(clip)}.transform`, [...at, 'transform'], context);
    for (const { property, points } of clip.curves) {
      const axis = property === 'positionX' ? 'x' : property === 'positionY' ? 'y' : undefined;
      // One that comes in from outside is where it should be in the end.
      const isOut =
        axis !== undefined && points.every(({ value }) => Math.abs(value) > limitOf(axis, context));
      if (!isOut || points.length === 0) continue;
      const place = `${clipPlace(clip)}.keyframes.${property}`;
      complain(place, [...at, 'keyframes', property], limitOf(axis, context), context);
    }
  },
};

function moves({ curves }: NormalTextClip, property: string): boolean {
  return curves.length > 0 && curves.some((curve) => curve.property === property);
}

function checkPlace(place: Place, words: string, path: readonly PathSegment[], context: RuleContext): void {
  if (place === undefined) return;
  for (const axis of ['x', 'y'] as const) {
    const value = place[axis];
    const limit = limitOf(axis, context);
    if (value === undefined || Math.abs(value) <= limit) continue;
    complain(`${words}.${axis} ${value}`, [...path, axis], limit, context);
  }
}

function limitOf(axis: 'x' | 'y', { timeline: { canvas }, captionLimits }: RuleContext): number {
  if (axis === 'x') return captionLimits.safeX;
  return canvas.height > canvas.width ? captionLimits.safeYPortrait : captionLimits.safeY;
}

function complain(words: string, path: readonly PathSegment[], limit: number, { report }: RuleContext): void {
  const message = `${words} is outside of the safe area, -${limit} to ${limit}: covered by apps or cut off`;
  report('DR118', 'warning', formatPointer(path), message, { hint: 'move it to the centre' });
}
