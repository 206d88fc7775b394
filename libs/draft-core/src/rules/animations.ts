import type { Problem } from '@cozecut/problems';
import { animationSpans } from '../resources/animation-spans.ts';
import { ANIMATION_KINDS } from '../resources/kinds.ts';
import { clipPlace, clipPointer, lostToGridUs } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** What is said of a sticker with animations; the rule names the place before it. */
export const STICKER_ANIMATION = {
  code: 'DR095',
  severity: 'warning',
  message: 'animations of stickers are written like those of texts, which no draft of the app has shown',
  hint: 'look at it in the editor',
} as const satisfies Problem;

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
      const { code, severity, message, hint } = STICKER_ANIMATION;
      report(code, severity, clipPointer(clip, 'animations'), `${clipPlace(clip)}: ${message}`, { hint });
    }
    const loop = clip.animations.find(({ slot }) => slot === 'loop');
    if (loop?.durationUs !== undefined) {
      const message = `${clipPlace(clip)}: the length of the loop animation is dropped, it fills what in and out leave`;
      report('DR161', 'warning', clipPointer(clip, 'animations', 'loop', 'duration'), message);
    }
  },
};
