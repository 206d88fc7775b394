import { animationSpans } from '../resources/animation-spans.ts';
import { ANIMATION_KINDS } from '../resources/kinds.ts';
import { clipPlace, clipPointer, lostToGridUs } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR071, DR072, DR073: animations fit into their clip, and together. DR095: those of stickers. */
export const animations: Rule = {
  clip(clip, _track, { resources, report }) {
    if (!('animations' in clip) || clip.animations.length === 0 || clip.broken) return;
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
    if (clip.kind === 'sticker') {
      const message = `${clipPlace(clip)}: animations of stickers are written like those of texts, which no draft of the app has shown`;
      report('DR095', 'warning', clipPointer(clip, 'animations'), message, {
        hint: 'look at it in the editor',
      });
    }
    const loop = clip.animations.find(({ slot }) => slot === 'loop');
    if (loop?.durationUs !== undefined) {
      const message = `${clipPlace(clip)}: the length of the loop animation is dropped, it fills what in and out leave`;
      report('DR161', 'warning', clipPointer(clip, 'animations', 'loop', 'duration'), message);
    }
  },
};
