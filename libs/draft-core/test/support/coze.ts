import type { MediaFacts } from '../../src/index.ts';

/** Facts of the media that the exports of the tests play. */
export const cozeFacts = new Map<string, MediaFacts>(
  Object.entries({
    'https://cdn.test/walk.mp4': {
      kind: 'video',
      width: 1920,
      height: 1080,
      durationUs: 20_000_000,
      hasAudio: true,
    },
    'https://cdn.test/tower.mp4': {
      kind: 'video',
      width: 1080,
      height: 1920,
      durationUs: 8_000_000,
      hasAudio: false,
    },
    'https://cdn.test/card.png': { kind: 'photo', width: 1000, height: 1000, durationUs: 0, hasAudio: false },
    'https://cdn.test/tune.mp3': {
      kind: 'audio',
      width: 0,
      height: 0,
      durationUs: 60_000_000,
      hasAudio: true,
    },
  } as const),
);

/** A draft of an export with one track. */
export function cozeDraft(trackType: string, segments: unknown[], more: object = {}): object {
  return {
    draft_id: '1',
    project: { name: 'sample', width: 1920, height: 1080, fps: 30 },
    tracks: [{ track_type: trackType, segments, ...more }],
  };
}

/** A video segment from `start` to `end`. */
export function walk(start: number, end: number, more: object = {}): object {
  return { type: 'video', material_url: 'https://cdn.test/walk.mp4', time_range: { start, end }, ...more };
}
