import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** What the app offers. */
export const BLUR_LEVELS: readonly number[] = [0.0625, 0.375, 0.75, 1];

/** DR050, DR051, DR052: the fill around a clip. */
export const background: Rule = {
  clip(clip, track, { mainTrack, report }) {
    if (clip.kind !== 'video' || clip.input.background === undefined) return;
    const fill = clip.input.background;
    const place = `${clipPlace(clip)}.background`;
    if (fill.type === 'blur' && fill.level !== undefined) {
      const pointer = clipPointer(clip, 'background', 'level');
      if (!(fill.level >= 0 && fill.level <= 1)) {
        report('DR050', 'error', pointer, `${place}.level must be 0 to 1 (got ${fill.level})`);
      } else if (!BLUR_LEVELS.includes(fill.level)) {
        const message = `${place}.level ${fill.level} is not one of ${BLUR_LEVELS.join(', ')}; the app snaps it to the next`;
        report('DR052', 'info', pointer, message);
      }
    }
    if (track !== mainTrack) {
      report(
        'DR051',
        'warning',
        clipPointer(clip, 'background'),
        `${place}: ignored by the app off the main track`,
      );
    }
  },
};
