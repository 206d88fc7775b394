import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR046, DR048, DR049: a mask has the fields of its shape, with values that mean something. */
export const masks: Rule = {
  clip(clip, _track, { report }) {
    if (clip.kind !== 'video' || clip.input.mask === undefined) return;
    const { mask } = clip.input;
    const at = (key: string): [place: string, pointer: string] => [
      `${clipPlace(clip)}.mask.${key}`,
      clipPointer(clip, 'mask', key),
    ];
    for (const key of ['rectWidth', 'roundCorner'] as const) {
      if (mask[key] === undefined || mask.shape === 'rectangle') continue;
      const [place, pointer] = at(key);
      report('DR046', 'error', pointer, `${place} only works with a rectangle (got a ${mask.shape})`, {
        hint: `remove \`${key}\`, or use a rectangle`,
      });
    }
    for (const key of ['size', 'rectWidth'] as const) {
      const value = mask[key];
      if (value === undefined || value > 0) continue;
      const [place, pointer] = at(key);
      report('DR048', 'error', pointer, `${place} must be > 0 (got ${value})`);
    }
    if (mask.shape === 'line' && mask.size !== undefined) {
      const [place, pointer] = at('size');
      report('DR049', 'warning', pointer, `${place} has no effect on a line mask`, { hint: 'remove it' });
    }
  },
};
