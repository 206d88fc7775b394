const CLEAR = 128;
const END = 129;

/**
 * Makes an animated GIF of plain pictures.
 *
 * @param frames - Colour of each frame, red, green, blue.
 * @param delay - How long each frame stays, in hundredths of a second.
 */
export function makeGif(size: number, frames: readonly (readonly number[])[], delay: number): Uint8Array {
  const palette = Buffer.alloc(128 * 3);
  frames.forEach((color, index) => {
    palette.set(color, index * 3);
  });
  const sizeBytes = [size & 255, size >> 8];
  return Buffer.concat([
    Buffer.from('GIF89a'),
    Buffer.from([...sizeBytes, ...sizeBytes, 0xf6, 0, 0]),
    palette,
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from('NETSCAPE2.0'),
    Buffer.from([3, 1, 0, 0, 0]),
    ...frames.flatMap((_, index) => [
      Buffer.from([0x21, 0xf9, 4, 0, delay & 255, delay >> 8, 0, 0]),
      Buffer.from([0x2c, 0, 0, 0, 0, ...sizeBytes, ...sizeBytes, 0, 7]),
      subBlocks(plainCodes(size * size, index)),
    ]),
    Buffer.from([0x3b]),
  ]);
}

/** LZW without compression: the table is cleared before its codes grow beyond 8 bits. */
function plainCodes(pixels: number, color: number): number[] {
  const codes: number[] = [];
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (pixel % 100 === 0) codes.push(CLEAR);
    codes.push(color);
  }
  return [...codes, END];
}

function subBlocks(bytes: readonly number[]): Buffer {
  const out: number[] = [];
  for (let start = 0; start < bytes.length; start += 255) {
    const block = bytes.slice(start, start + 255);
    out.push(block.length, ...block);
  }
  return Buffer.from([...out, 0]);
}
