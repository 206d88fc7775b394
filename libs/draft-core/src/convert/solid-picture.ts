/** Size in pixels; the app enlarges it to the canvas. */
const WIDTH = 16;
const HEIGHT = 9;

/**
 * A picture of one colour as a `data:` address, for what has no file: a generated colour, a lost clip. A PNG with a
 * palette of that colour and without compression, so that the same colour gives the same bytes everywhere.
 *
 * @param color - `#RRGGBB`.
 */
export function solidPicture(color: string): string {
  const rgb = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  // One byte for the filter of a row, one bit for each pixel: all of them the first of the palette.
  const pixels = Array.from({ length: HEIGHT * (1 + WIDTH / 8) }, () => 0);
  const bytes = [
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', [...word(WIDTH), ...word(HEIGHT), 1, 3, 0, 0, 0]),
    ...chunk('PLTE', rgb),
    ...chunk('IDAT', stored(pixels)),
    ...chunk('IEND', []),
  ];
  return `data:image/png;base64,${btoa(String.fromCharCode(...bytes))}`;
}

function word(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

/** A zlib stream of one stored block. */
function stored(bytes: readonly number[]): number[] {
  const { length } = bytes;
  const size = [length & 0xff, length >>> 8];
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return [
    0x78,
    0x01,
    0x01,
    ...size,
    ...size.map((part) => part ^ 0xff),
    ...bytes,
    ...word(((b << 16) | a) >>> 0),
  ];
}

function chunk(type: string, data: readonly number[]): number[] {
  const body = [...new TextEncoder().encode(type), ...data];
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return [...word(data.length), ...body, ...word((crc ^ 0xffffffff) >>> 0)];
}
