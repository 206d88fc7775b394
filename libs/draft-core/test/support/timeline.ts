import type { MediaFile, Timeline } from '../../src/index.ts';
import { mediaMap, paperFile } from './media.ts';

/** Files that the tests play, all on paper. */
export const files = mediaMap(
  paperFile('talk.mp4', { kind: 'video' }),
  paperFile('mute.mp4', { kind: 'video', hasAudio: false }),
  paperFile('poster.png', { kind: 'photo', width: 800, height: 600 }),
  paperFile('blink.gif', { kind: 'gif', width: 200, height: 200, durationUs: 1_200_000 }),
  paperFile('round.ttf', { kind: 'font', width: 0, height: 0, durationUs: 0 }),
  paperFile('song.mp3', { kind: 'audio', durationUs: 30_000_000 }),
);

/** Their facts. */
export const facts = new Map([...files].map(([name, file]: [string, MediaFile]) => [name, file.facts]));

/** A timeline in seconds with the given tracks. */
export function timelineOf(...tracks: object[]): Timeline {
  return {
    schema: 'draft-timeline/1',
    name: 'test',
    timeUnit: 's',
    canvas: { width: 1920, height: 1080, fps: 30 },
    tracks,
  } as Timeline;
}

/** A timeline in which nothing is wrong: two clips, a sound and a text. */
export function goodTimeline(): Timeline {
  return timelineOf(
    {
      type: 'video',
      name: 'main',
      clips: [
        { id: 'a', media: 'talk.mp4', start: 0, duration: 2 },
        { id: 'b', media: 'poster.png', start: 2, duration: 3 },
      ],
    },
    { type: 'audio', name: 'music', clips: [{ id: 's', media: 'song.mp3', start: 0, duration: 5 }] },
    { type: 'text', name: 'titles', clips: [{ id: 't', text: 'Hello 😀', start: 1, duration: 2 }] },
  );
}

/** Sets a value deep inside of a document, by path; `undefined` removes it. */
export function setAt(document: object, path: string, value: unknown): void {
  const steps = path.split('.');
  let object = document as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) {
    object[step] ??= {};
    object = object[step] as Record<string, unknown>;
  }
  const last = steps.at(-1)!;
  if (value === undefined) delete object[last];
  else object[last] = value;
}
