import type { NormalTrack } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR017: what is drawn over what must be clear. */
export const layers: Rule = {
  warnsOnly: true,
  timeline({ timeline, report }) {
    const byLayer = new Map<number, NormalTrack>();
    for (const track of timeline.tracks) {
      if (track.type === 'audio' || track.clips.length === 0) continue;
      const other = byLayer.get(track.renderIndex);
      if (other === undefined) {
        byLayer.set(track.renderIndex, track);
        continue;
      }
      const message = `tracks[${other.index}] and tracks[${track.index}] share layer ${track.renderIndex}: which is drawn over the other is undefined`;
      report('DR017', 'warning', `/tracks/${track.index}`, message, { hint: 'give them different layers' });
    }
  },
};
