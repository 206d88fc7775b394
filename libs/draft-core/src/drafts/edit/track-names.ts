import type { EditDraft } from './edit-draft.ts';
import { failEdit } from './fail.ts';
import type { Track } from './parts.ts';

/**
 * Names a track that is about to be added: as it is wanted, else as it is called already, with a number when another
 * track has that name. Commands find tracks by their names.
 */
export function nameTrack(draft: EditDraft, track: Track, wanted?: string): void {
  const isTaken = (name: string): boolean => draft.tracks.some((other) => other.name === name);
  if (wanted !== undefined) {
    if (wanted !== '' && isTaken(wanted)) failTaken(wanted);
    track.name = wanted;
    return;
  }
  const { name } = track;
  if (typeof name !== 'string' || name === '' || !isTaken(name)) return;
  let number = 2;
  while (isTaken(`${name}_${number}`)) number++;
  track.name = `${name}_${number}`;
}

/** Ends an edit that asks for a name which another track has. */
export function failTaken(name: string): never {
  failEdit('DR011', `there is a track "${name}" already`, { hint: 'add to it, or choose another name' });
}
