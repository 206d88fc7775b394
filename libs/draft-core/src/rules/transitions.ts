import { clipPlace, type NormalClip, type NormalTrack } from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule } from './rule.ts';

/** DR074, DR075, DR076, DR078, DR165: a transition joins two clips that touch. */
export const transitions: Rule = {
  timeline({ timeline, mainTrack, report }) {
    if (timeline.transitions.length === 0) return;
    const byId = new Map<string, { track: NormalTrack; clip: NormalClip; next: NormalClip | undefined }>();
    for (const track of timeline.tracks) {
      for (const [index, clip] of track.clips.entries()) {
        byId.set(clip.id, { track, clip, next: track.clips[index + 1] });
      }
    }
    const seen = new Set<string>();
    for (const { afterId, durationUs, index } of timeline.transitions) {
      const [place, pointer] = [`transitions[${index}]`, `/transitions/${index}`];
      const found = byId.get(afterId);
      if (found === undefined) {
        // A clip that could not be read has been reported already; it may be this one.
        if (timeline.incomplete) continue;
        report('DR165', 'error', `${pointer}/after`, `${place}: there is no clip with id "${afterId}"`);
        continue;
      }
      const { track, clip, next } = found;
      if (seen.has(afterId)) {
        report('DR076', 'error', pointer, `${place}: second transition after ${clipPlace(clip)}`, {
          hint: 'remove one',
        });
      }
      seen.add(afterId);
      if (track.type !== 'video') {
        report('DR074', 'error', pointer, `${place}: ${clipPlace(clip)} is not on a video track`);
        continue;
      }
      if (clip.broken || track.incomplete) continue;
      if (next === undefined || next.startUs !== clip.startUs + clip.durationUs) {
        report('DR074', 'error', pointer, `${place}: no clip follows ${clipPlace(clip)} directly`, {
          hint: 'remove it, or close the gap',
        });
        continue;
      }
      if (track !== mainTrack) {
        report('DR078', 'info', pointer, `${place}: transitions are tested on the main track only`);
      }
      const shortest = Math.min(clip.durationUs, next.durationUs);
      if (durationUs === undefined || durationUs <= shortest / 2) continue;
      const message = `${place}: ${formatUs(durationUs)} is more than ${durationUs > shortest ? '' : 'half of '}the shorter clip, ${formatUs(shortest)}`;
      report('DR075', durationUs > shortest ? 'error' : 'warning', `${pointer}/duration`, message, {
        hint: 'shorten it',
      });
    }
  },
};
