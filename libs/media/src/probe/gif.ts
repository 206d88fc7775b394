import type { ByteSource } from './byte-source.ts';
import { ByteWindow } from './byte-window.ts';

/** What a GIF holds. */
export interface GifFacts {
  width: number;
  height: number;
  frames: number;
  /** Sum of the delays of all frames, in microseconds. */
  durationUs: number;
}

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const IMAGE = 0x2c;
const CENTISECOND_US = 10_000;
/** Delays below 2 centiseconds mean "as it comes"; players show such frames for 100 ms. */
const MIN_DELAY = 2;
const USUAL_DELAY = 10;

/** Walks over the blocks of a GIF. A file that is cut off counts as far as it goes. */
export async function readGif(source: ByteSource): Promise<GifFacts> {
  const window = new ByteWindow(source);
  const facts: GifFacts = {
    width: await window.uint16(6),
    height: await window.uint16(8),
    frames: 0,
    durationUs: 0,
  };
  let position = 13 + colorTableBytes(await window.byte(10));
  let delay = 0;
  for (;;) {
    const block = await window.byte(position);
    if (block === EXTENSION) {
      if ((await window.byte(position + 1)) === GRAPHIC_CONTROL) delay = await window.uint16(position + 4);
      position = await skipSubBlocks(window, position + 2);
    } else if (block === IMAGE) {
      facts.frames++;
      facts.durationUs += (delay < MIN_DELAY ? USUAL_DELAY : delay) * CENTISECOND_US;
      delay = 0;
      position += 10 + colorTableBytes(await window.byte(position + 9));
      position = await skipSubBlocks(window, position + 1);
    } else {
      return facts;
    }
  }
}

function colorTableBytes(flags = 0): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

async function skipSubBlocks(window: ByteWindow, start: number): Promise<number> {
  let position = start;
  for (;;) {
    const size = (await window.byte(position)) ?? 0;
    position += size + 1;
    if (size === 0) return position;
  }
}
