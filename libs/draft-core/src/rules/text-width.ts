import { estimateSize, type ShownText, type Size, surelyFits } from '../text/text-size.ts';
import { clipPlace, clipPointer, type NormalClip } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/**
 * DR108: a text is not larger than the canvas, as far as that can be told without its font. Captions of one style are
 * all too large or none is, so a track is told once.
 */
export const textWidth: Rule = {
  warnsOnly: true,
  track({ clips }, { timeline: { canvas }, report }) {
    const first = clips.findIndex((clip) => isTooLarge(clip, canvas));
    const clip = clips[first];
    if (clip?.kind !== 'text') return;
    let more = 0;
    for (let index = first + 1; index < clips.length; index++) {
      if (isTooLarge(clips[index]!, canvas)) more++;
    }
    const others = more === 0 ? '' : `; so ${more === 1 ? 'is 1 more' : `are ${more} more`} of the track`;
    const message = `${clipPlace(clip)}: text is ${excessOf(clip, canvas)}${others}`;
    report('DR108', 'warning', clipPointer(clip, 'text'), message, { hint: 'wrap or shrink it' });
  },
};

function isTooLarge(clip: NormalClip, canvas: Size): boolean {
  // How large a template draws its texts is not known.
  if (clip.kind !== 'text' || clip.input.template !== undefined || surelyFits(clip, canvas)) return false;
  const { width, height } = estimateSize(clip, canvas);
  return width > canvas.width || height > canvas.height;
}

/** In what a text is larger than the canvas. */
export function excessOf(clip: { input: ShownText }, canvas: Size): string | undefined {
  if (surelyFits(clip, canvas)) return undefined;
  const { width, height } = estimateSize(clip, canvas);
  const words = (which: string, px: number, roomPx: number): string =>
    `${which} than the canvas: about ${Math.round(px)} of ${roomPx} px`;
  if (width > canvas.width) return words('wider', width, canvas.width);
  return height > canvas.height ? words('higher', height, canvas.height) : undefined;
}
