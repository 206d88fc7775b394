import { frameLengthUs } from '../timeline/frames.ts';
import { clipPlace, clipPointer } from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule } from './rule.ts';

/** DR113: captions follow each other at once or after a gap that can be seen. */
export const captionGaps: Rule = {
  warnsOnly: true,
  track({ captions, clips }, { timeline, captionLimits, report }) {
    if (!captions) return;
    // Places are rounded to microseconds, a length of frames may be one short.
    const shortestUs = captionLimits.gapFrames * frameLengthUs(timeline.canvas.fps) - 1;
    let endUs: number | undefined;
    for (const clip of clips) {
      if (clip.broken) continue;
      const gapUs = endUs === undefined ? 0 : clip.startUs - endUs;
      if (gapUs > 0 && gapUs < shortestUs) {
        const message = `${clipPlace(clip)}: gap of ${formatUs(gapUs)} before it flickers`;
        report('DR113', 'warning', clipPointer(clip, 'start'), message, { hint: 'close the gap' });
      }
      endUs = Math.max(endUs ?? 0, clip.startUs + clip.durationUs);
    }
  },
};
