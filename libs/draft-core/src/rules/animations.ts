import { animationSpans } from '../resources/animation-spans.ts';
import { ANIMATION_KINDS } from '../resources/kinds.ts';
import { clipPlace, clipPointer, lostToGridUs } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR071, DR072, DR073: animations fit into their clip, and together. */
export const animations: Rule = {
  clip(clip, _track, { resources, report }) {
    if ((clip.kind !== 'video' && clip.kind !== 'text') || clip.animations.length === 0 || clip.broken)
      return;
    const kinds = ANIMATION_KINDS[clip.kind];
    const defaults = new Map(
      clip.animations.map((animation) => [
        animation,
        resources?.find([kinds[animation.slot]!], animation.input),
      ]),
    );
    const { findings } = animationSpans({
      durationUs: clip.durationUs,
      toleranceUs: lostToGridUs(clip),
      // Of one that was not found no length is known; that it was not found is said elsewhere.
      animations: clip.animations.filter(
        (one) => one.durationUs !== undefined || defaults.get(one) !== undefined || one.slot === 'group',
      ),
      defaultUs: (animation) => defaults.get(animation)?.defaultDurationUs,
    });
    const written: object = (clip.kind === 'text' ? clip.written : clip.input).animations ?? {};
    for (const { code, severity, slot, message, hint } of findings) {
      const pointer = slot in written ? clipPointer(clip, 'animations', slot) : clipPointer(clip);
      report(code, severity, pointer, `${clipPlace(clip)}: ${message}`, hint === undefined ? {} : { hint });
    }
    const loop = clip.animations.find(({ slot }) => slot === 'loop');
    if (loop?.durationUs !== undefined) {
      const message = `${clipPlace(clip)}: the length of the loop animation is dropped, it fills what in and out leave`;
      report('DR161', 'warning', clipPointer(clip, 'animations', 'loop', 'duration'), message);
    }
  },
};
