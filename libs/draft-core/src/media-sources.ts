import type { Timeline } from './timeline/schema.ts';

/** The distinct files and addresses that a timeline names, in order; reads what it can of a malformed one. */
export function mediaSources(timeline: unknown): string[] {
  const { tracks } = (timeline ?? {}) as Partial<Timeline>;
  if (!Array.isArray(tracks)) return [];
  const sources = tracks.flatMap((track) =>
    Array.isArray(track?.clips) ? track.clips.map((clip) => (clip as { media?: unknown } | null)?.media) : [],
  );
  return [...new Set(sources.filter((source) => typeof source === 'string' && source !== ''))] as string[];
}
