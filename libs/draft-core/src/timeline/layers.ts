import type { TrackType } from './schema.ts';

/** First layer of each track type, so that text is drawn over stickers and those over pictures. */
const bands: Readonly<Record<TrackType, number>> = {
  video: 0,
  audio: 0,
  effect: 10000,
  filter: 11000,
  sticker: 14000,
  text: 15000,
};

/** Captions are drawn over all other texts. */
const CAPTIONS_FROM = 999;

/** Gives every track its layer: what it asks for, else the one over the last track of its type. */
export class LayerCounter {
  readonly #next = new Map<TrackType | 'captions', number>([['captions', CAPTIONS_FROM]]);

  take(track: { type: TrackType; captions?: boolean; layer?: number; absoluteLayer?: number }): number {
    const band = bands[track.type];
    const group = track.captions === true ? 'captions' : track.type;
    // Sound has no drawing order: all audio tracks share the layer that the app gives them.
    const free = track.type === 'audio' ? 0 : (this.#next.get(group) ?? 0);
    const renderIndex = track.absoluteLayer ?? band + (track.layer ?? free);
    this.#next.set(group, Math.max(free, renderIndex - band + 1));
    return renderIndex;
  }
}
