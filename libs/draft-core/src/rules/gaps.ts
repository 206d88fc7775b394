import { clipPlace, clipPointer } from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule } from './rule.ts';

/** DR006, DR007, DR013: what the editor closes or drops by itself. */
export const gaps: Rule = {
  warnsOnly: true,
  timeline({ timeline, mainTrack, report }) {
    if (mainTrack === undefined || mainTrack.incomplete || mainTrack.clips.length === 0) return;
    let endUs = 0;
    for (const clip of mainTrack.clips) {
      const gapUs = clip.startUs - endUs;
      if (gapUs > 0 && endUs === 0) {
        const message = `${clipPlace(clip)}: first clip of the main track starts at ${formatUs(clip.startUs)}; the app moves it to 0`;
        report('DR006', 'warning', clipPointer(clip, 'start'), message, { hint: 'start it at 0' });
      } else if (gapUs > 0 && timeline.mainTrackMagnet) {
        const message = `gap of ${formatUs(gapUs)} before ${clipPlace(clip)} will be closed by the app`;
        report('DR007', 'warning', clipPointer(clip, 'start'), message, {
          hint: 'set `mainTrackMagnet` to false, or fill the gap',
        });
      }
      endUs = Math.max(endUs, clip.startUs + clip.durationUs);
    }
  },
  track({ clips, incomplete, index, name }, { report }) {
    if (clips.length > 0 || incomplete) return;
    const track = name === undefined ? '' : ` "${name}"`;
    report('DR013', 'warning', `/tracks/${index}`, `tracks[${index}]: empty track${track} is left out`);
  },
};
