import { numberOf, textOf, timeOf } from '../loose.ts';
import type { EditDraft } from './edit-draft.ts';
import type { Segment, Track } from './parts.ts';
import { inOrder } from './select.ts';
import { sourceOf, spanIfAny } from './spans.ts';

/** What an edit may change about a segment and has to answer for. */
interface SegmentState {
  place: string;
  source: string;
  /** Whether the next segment of the track touches it. */
  isJoined: boolean;
}

/** Where everything is at one moment. */
export class Snapshot {
  readonly endUs: number;
  /** Tracks with segments, and where these start, in the order of the list. */
  readonly tracks = new Map<Track, string>();
  readonly #segments = new Map<Segment, SegmentState>();

  constructor(draft: EditDraft) {
    let endUs = 0;
    for (const track of draft.tracks) {
      if (track.segments.length > 0) this.tracks.set(track, orderOf(track));
      const segments = inOrder(track);
      for (const [index, segment] of segments.entries()) {
        const span = spanIfAny(segment);
        endUs = Math.max(endUs, span?.endUs ?? 0);
        const next = segments[index + 1];
        this.#segments.set(segment, {
          place: `${span?.startUs}+${span?.durationUs} on ${track.id}`,
          source: sourceKey(draft, segment),
          isJoined: next !== undefined && span !== undefined && spanIfAny(next)?.startUs === span.endUs,
        });
      }
    }
    this.endUs = endUs;
  }

  has(segment: Segment): boolean {
    return this.#segments.has(segment);
  }

  /** Whether a segment is new or lies elsewhere than in another snapshot. */
  isMoved(segment: Segment, now: Snapshot): boolean {
    return this.#segments.get(segment)?.place !== now.#segments.get(segment)?.place;
  }

  /** Whether a segment is new or plays something else than in another snapshot. */
  isRecut(segment: Segment, now: Snapshot): boolean {
    return this.#segments.get(segment)?.source !== now.#segments.get(segment)?.source;
  }

  isJoined(segment: Segment): boolean {
    return this.#segments.get(segment)?.isJoined ?? false;
  }
}

/** Order and starts of the segments of a track. */
export function orderOf(track: Track): string {
  return track.segments.map((segment) => `${segment.id}@${spanIfAny(segment)?.startUs}`).join();
}

function sourceKey(draft: EditDraft, segment: Segment): string {
  const source = sourceOf(segment);
  const { material } = draft.material(segment.material_id) ?? {};
  return [
    source?.start,
    source?.duration,
    numberOf(segment.speed),
    material?.id,
    timeOf(material?.duration),
    textOf(material?.path),
  ].join();
}
