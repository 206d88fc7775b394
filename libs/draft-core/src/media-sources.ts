import type { Timeline } from './timeline/schema.ts';

/** JSON pointers of the clips that name each file first, in order. */
export function mediaPointers(timeline: unknown): Map<string, string> {
  const pointers = new Map<string, string>();
  const { tracks } = (timeline ?? {}) as Partial<Timeline>;
  if (!Array.isArray(tracks)) return pointers;
  for (const [track, { clips }] of tracks.map((one) => one ?? {}).entries() as Iterable<
    [number, { clips?: unknown }]
  >) {
    if (!Array.isArray(clips)) continue;
    for (const [clip, { media }] of clips.map((one) => one ?? {}).entries() as Iterable<
      [number, { media?: unknown }]
    >) {
      if (typeof media !== 'string' || media === '' || pointers.has(media)) continue;
      pointers.set(media, `/tracks/${track}/clips/${clip}`);
    }
  }
  return pointers;
}

/** The distinct files and addresses that a timeline names, in order; reads what it can of a malformed one. */
export function mediaSources(timeline: unknown): string[] {
  return [...mediaPointers(timeline).keys()];
}
