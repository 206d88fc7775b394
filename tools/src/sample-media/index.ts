import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeGif } from './gif.ts';
import { makeVideo } from './mp4.ts';
import { makePng } from './png.ts';
import { chord, makeWav, syllables } from './wav.ts';

export { makeGif } from './gif.ts';
export { makeVideo, type VideoOptions } from './mp4.ts';
export { makePng } from './png.ts';
export { makeTemplateDraft, type SampleTemplate } from './template-draft.ts';
export { makeWav } from './wav.ts';

/** Absolute paths of the sample media. */
export interface SampleMedia {
  /** 320 × 180, 30 fps, 6 s, H.264 with an AAC track of silence. */
  video: string;
  /** 180 × 320, 30 fps, 4 s, no audio. */
  videoPortrait: string;
  /** Stored as 320 × 180 and turned by 90°, so shown as 180 × 320; 30 fps, 2 s, with audio. */
  videoRotated: string;
  /** 8 s, stereo. */
  music: string;
  /** 4 s, mono. */
  voice: string;
  /** 640 × 360. */
  picture: string;
  /** 360 × 640. */
  picturePortrait: string;
  /** 64 × 64, two frames of half a second. */
  gif: string;
}

/**
 * Writes a small set of real media into `folder` (made when it is not there), without any program from outside.
 * The bytes are the same every time.
 */
export async function makeSampleMedia(folder: string): Promise<SampleMedia> {
  const root = resolve(folder);
  await mkdir(root, { recursive: true });
  const write = async (name: string, bytes: Uint8Array): Promise<string> => {
    await writeFile(join(root, name), bytes);
    return join(root, name);
  };
  const landscape = { width: 320, height: 180 };
  return {
    video: await write('video-landscape.mp4', await makeVideo({ ...landscape, seconds: 6, audio: true })),
    videoPortrait: await write(
      'video-portrait.mp4',
      await makeVideo({ width: 180, height: 320, seconds: 4, audio: false }),
    ),
    videoRotated: await write(
      'video-rotated.mp4',
      await makeVideo({ ...landscape, seconds: 2, audio: true, rotation: 90 }),
    ),
    music: await write('music.wav', makeWav(8, [chord(0), chord(0.5)])),
    voice: await write('voice.wav', makeWav(4, [syllables()])),
    picture: await write('picture.png', gradientPng(640, 360)),
    picturePortrait: await write('picture-portrait.png', gradientPng(360, 640)),
    gif: await write(
      'blink.gif',
      makeGif(
        64,
        [
          [235, 80, 60],
          [40, 110, 220],
        ],
        50,
      ),
    ),
  };
}

function gradientPng(width: number, height: number): Uint8Array {
  const part = (at: number, of: number) => Math.round((255 * at) / (of - 1));
  return makePng(width, height, (x, y) => [
    part(x, width),
    part(y, height),
    255 - part(x + y, width + height),
  ]);
}
