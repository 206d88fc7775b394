import type { PathSegment } from '@cozecut/problems';
import type { Timeline } from './timeline/schema.ts';

/** Paths of the clips that name each file first, in order; the cover comes last. */
export function mediaPaths(timeline: unknown): Map<string, PathSegment[]> {
  const paths = new Map<string, PathSegment[]>();
  const { tracks, cover } = (timeline ?? {}) as Partial<Timeline>;
  for (const [track, { clips }] of (Array.isArray(tracks) ? tracks : [])
    .map((one) => one ?? {})
    .entries() as Iterable<[number, { clips?: unknown }]>) {
    if (!Array.isArray(clips)) continue;
    for (const [clip, { media }] of clips.map((one) => one ?? {}).entries() as Iterable<
      [number, { media?: unknown }]
    >) {
      if (typeof media !== 'string' || media === '' || paths.has(media)) continue;
      paths.set(media, ['tracks', track, 'clips', clip]);
    }
  }
  if (typeof cover === 'string' && cover !== '' && !paths.has(cover)) paths.set(cover, ['cover']);
  return paths;
}

/** The distinct files and addresses that a timeline names, in order; reads what it can of a malformed one. */
export function mediaSources(timeline: unknown): string[] {
  return [...mediaPaths(timeline).keys()];
}
