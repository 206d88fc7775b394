import { estimateSize, type Size } from '../text/text-size.ts';
import { clipPlace, clipPointer, type NormalTextClip } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** More captions at once than any screen has room for; the oldest are not looked at any more. */
const MOST_AT_ONCE = 64;

/** DR112: captions of different tracks that are shown at once are at different places. */
export const captionCover: Rule = {
  warnsOnly: true,
  timeline({ timeline: { tracks, canvas }, report }) {
    const captionTracks = tracks.filter(({ captions, clips }) => captions && clips.length > 0);
    if (captionTracks.length < 2) return;
    const clips = captionTracks
      .flatMap((track) => track.clips)
      .filter((clip) => clip.kind === 'text' && !clip.broken) as NormalTextClip[];
    clips.sort((a, b) => a.startUs - b.startUs);
    let shown: Box[] = [];
    for (const clip of clips) {
      shown = shown.filter((box) => box.clip.startUs + box.clip.durationUs > clip.startUs);
      const box: Box = { clip, size: undefined };
      const other = shown.find((one) => one.clip.trackIndex !== clip.trackIndex && covers(one, box, canvas));
      if (other !== undefined) {
        const message = `${clipPlace(other.clip)} and ${clipPlace(clip)} are shown at once and cover each other`;
        report('DR112', 'warning', clipPointer(clip), message, { hint: 'give one another `transform.y`' });
      }
      shown.push(box);
      if (shown.length > MOST_AT_ONCE) shown.shift();
    }
  },
};

/** A caption and its size, which is worked out when another one is there. */
interface Box {
  clip: NormalTextClip;
  size: Size | undefined;
}

function covers(a: Box, b: Box, canvas: Size): boolean {
  for (const box of [a, b]) box.size ??= estimateSize(box.clip, canvas);
  const [placeA, placeB] = [a.clip.input.transform ?? {}, b.clip.input.transform ?? {}];
  // A half-canvas unit is half of the canvas, and so is what a box reaches to either side of its centre.
  const apart = (from: number | undefined, to: number | undefined): number =>
    Math.abs((from ?? 0) - (to ?? 0));
  return (
    apart(placeA.x, placeB.x) * canvas.width < a.size!.width + b.size!.width &&
    apart(placeA.y, placeB.y) * canvas.height < a.size!.height + b.size!.height
  );
}
