import type { Clip, Timeline, Track } from './schema.ts';

/** Hands out ids that nobody has written. */
export class ClipIds {
  readonly #taken = new Set<string>();

  constructor({ tracks }: Timeline) {
    // Parts that cannot be read are still in here.
    for (const track of tracks as (Partial<Track> | null)[]) {
      if (track?.id !== undefined) this.#taken.add(track.id);
      if (!Array.isArray(track?.clips)) continue;
      for (const clip of track.clips) if (clip?.id !== undefined) this.#taken.add(clip.id);
    }
  }

  free(wanted: string): string {
    // Nobody has written any: then what is wanted is free, since each track and clip wants another one.
    if (this.#taken.size === 0) return wanted;
    let id = wanted;
    for (let n = 2; this.#taken.has(id); n++) id = `${wanted}-${n}`;
    this.#taken.add(id);
    return id;
  }

  ofClip(clip: Clip, trackIndex: number, index: number): string {
    return clip.id ?? this.free(`clip-${trackIndex}-${index}`);
  }
}
