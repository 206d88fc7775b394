import { clipPlace, clipPointer, type NormalClip } from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule } from './rule.ts';

/** DR001, DR111: clips of one track may touch, not overlap. */
export const overlap: Rule = {
  track({ name, index, clips, captions }, { report }) {
    // The clip that reaches furthest so far, not the neighbour: a long clip may cover several.
    let last: NormalClip | undefined;
    for (const clip of clips) {
      if (clip.broken) continue;
      const lastEndUs = last === undefined ? 0 : last.startUs + last.durationUs;
      if (last !== undefined && clip.startUs < lastEndUs) {
        const by = formatUs(Math.min(lastEndUs, clip.startUs + clip.durationUs) - clip.startUs);
        const track = name === undefined ? `tracks[${index}]` : `track "${name}"`;
        const message = captions
          ? `captions ${clipPlace(last)} and ${clipPlace(clip)} overlap by ${by} on ${track}`
          : `${clipPlace(last)} ends at ${formatUs(lastEndUs)} after ${clipPlace(clip)} starts at ${formatUs(clip.startUs)} on ${track}`;
        report(captions ? 'DR111' : 'DR001', 'error', clipPointer(clip), message, {
          hint: `move or trim one, or use a second ${captions ? 'caption track' : 'track'}`,
        });
      }
      if (last === undefined || clip.startUs + clip.durationUs > lastEndUs) last = clip;
    }
  },
};
