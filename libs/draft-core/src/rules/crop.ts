import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR043: a crop leaves something to see. */
export const crop: Rule = {
  clip(clip, _track, { report }) {
    if (clip.kind !== 'video' || clip.input.crop === undefined) return;
    const { left = 0, top = 0, right = 1, bottom = 1 } = clip.input.crop;
    const why = Object.entries({ left, top, right, bottom })
      .filter(([, edge]) => !(edge >= 0 && edge <= 1))
      .map(([key, edge]) => `${key} must be 0 to 1 (got ${edge})`);
    if (left >= right) why.push(`left ${left} is not left of right ${right}`);
    if (top >= bottom) why.push(`top ${top} is not above bottom ${bottom}`);
    if (why.length > 0)
      report('DR043', 'error', clipPointer(clip, 'crop'), `${clipPlace(clip)}.crop: ${why.join(', ')}`);
  },
};
