import { estimateSize, surelyFits } from '../text/text-size.ts';
import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR108: a text is not larger than the canvas, as far as that can be told without its font. */
export const textWidth: Rule = {
  clip(clip, _track, { timeline: { canvas }, report }) {
    if (clip.kind !== 'text' || surelyFits(clip, canvas)) return;
    const { width, height } = estimateSize(clip, canvas);
    const complain = (which: string, px: number, roomPx: number): void => {
      const message = `${clipPlace(clip)}: text is ${which} than the canvas: about ${Math.round(px)} of ${roomPx} px`;
      report('DR108', 'warning', clipPointer(clip, 'text'), message, { hint: 'wrap or shrink it' });
    };
    if (width > canvas.width) complain('wider', width, canvas.width);
    else if (height > canvas.height) complain('higher', height, canvas.height);
  },
};
