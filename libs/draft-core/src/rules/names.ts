import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR011, DR014: names of tracks and ids are unique. */
export const names: Rule = {
  timeline({ timeline, report }) {
    const tracksByName = new Map<string, number>();
    const placesById = new Map<string, string>();
    const take = (id: string, place: string, pointer: string): void => {
      const other = placesById.get(id);
      if (other === undefined) placesById.set(id, place);
      else
        report('DR014', 'error', pointer, `id "${id}" is used by ${other} and ${place}`, {
          hint: 'rename one',
        });
    };
    for (const { id, index, name, clips } of timeline.tracks) {
      take(id, `tracks[${index}]`, `/tracks/${index}/id`);
      for (const clip of clips) take(clip.id, clipPlace(clip), clipPointer(clip, 'id'));
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
