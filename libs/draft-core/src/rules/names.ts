import { clipPlace, clipPointer, type NormalClip, type NormalTrack } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR011, DR014: names of tracks and ids are unique. */
export const names: Rule = {
  timeline({ timeline, report }) {
    const tracksByName = new Map<string, number>();
    const ownersById = new Map<string, NormalTrack | NormalClip>();
    const take = (owner: NormalTrack | NormalClip): void => {
      const other = ownersById.get(owner.id);
      if (other === undefined) ownersById.set(owner.id, owner);
      else {
        const message = `id "${owner.id}" is used by ${placeOf(other)} and ${placeOf(owner)}`;
        report('DR014', 'error', pointerOf(owner), message, { hint: 'rename one' });
      }
    };
    for (const track of timeline.tracks) {
      take(track);
      // An id that was given out is one that nobody has.
      for (const clip of track.clips) if (hasOwnId(clip)) take(clip);
      const { name, index } = track;
      if (name === undefined || name === '') continue;
      const other = tracksByName.get(name);
      if (other === undefined) tracksByName.set(name, index);
      else {
        const message = `track name "${name}" is used by tracks[${other}] and tracks[${index}]`;
        report('DR011', 'error', `/tracks/${index}/name`, message, { hint: 'rename one' });
      }
    }
  },
};

function hasOwnId(clip: NormalClip): boolean {
  return (clip.kind === 'text' ? clip.written : clip.input).id !== undefined;
}

function placeOf(owner: NormalTrack | NormalClip): string {
  return 'trackIndex' in owner ? clipPlace(owner) : `tracks[${owner.index}]`;
}

function pointerOf(owner: NormalTrack | NormalClip): string {
  return 'trackIndex' in owner ? clipPointer(owner, 'id') : `/tracks/${owner.index}/id`;
}
