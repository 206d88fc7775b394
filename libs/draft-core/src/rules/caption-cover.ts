import { estimateSize } from '../text/text-size.ts';
import { clipPlace, clipPointer, type NormalTextClip } from '../timeline/model.ts';
import type { Rule, RuleContext } from './rule.ts';

/** More captions at once than any screen has room for; the oldest are not looked at any more. */
const MOST_AT_ONCE = 64;

/** DR112: captions of different tracks that are shown at once are at different places. */
export const captionCover: Rule = {
  timeline({ timeline: { tracks, canvas }, report }) {
    const captionTracks = tracks.filter(({ captions, clips }) => captions && clips.length > 0);
    if (captionTracks.length < 2) return;
    const clips = captionTracks
      .flatMap((track) => track.clips)
      .filter((clip) => clip.kind === 'text' && !clip.broken) as NormalTextClip[];
    clips.sort((a, b) => a.startUs - b.startUs);
    let shown: NormalTextClip[] = [];
    for (const clip of clips) {
      shown = shown.filter(({ startUs, durationUs }) => startUs + durationUs > clip.startUs);
      const other = shown.find((one) => one.trackIndex !== clip.trackIndex && covers(one, clip, canvas));
      if (other !== undefined) {
        const message = `${clipPlace(other)} and ${clipPlace(clip)} are shown at once and cover each other`;
        report('DR112', 'warning', clipPointer(clip), message, { hint: 'give one another `transform.y`' });
      }
      shown.push(clip);
      if (shown.length > MOST_AT_ONCE) shown.shift();
    }
  },
};

function covers(a: NormalTextClip, b: NormalTextClip, canvas: RuleContext['timeline']['canvas']): boolean {
  const [sizeA, sizeB] = [estimateSize(a, canvas), estimateSize(b, canvas)];
  const [placeA, placeB] = [a.input.transform ?? {}, b.input.transform ?? {}];
  // A half-canvas unit is half of the canvas, and so is what a box reaches to either side of its centre.
  const apart = (from: number | undefined, to: number | undefined): number =>
    Math.abs((from ?? 0) - (to ?? 0));
  return (
    apart(placeA.x, placeB.x) * canvas.width < sizeA.width + sizeB.width &&
    apart(placeA.y, placeB.y) * canvas.height < sizeA.height + sizeB.height
  );
}
