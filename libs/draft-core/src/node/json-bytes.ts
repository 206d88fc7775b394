import { jsonPieces } from '../compile/json-chunks.ts';

/** Bytes that are handed over at a time. */
const SIZE = 1 << 20;
/** The first part is smaller: most documents are, and making a large buffer for each of them costs more than the text. */
const FIRST_SIZE = 1 << 16;

/**
 * The UTF-8 text of `JSON.stringify` of a document, part by part. There are two buffers which take turns: a part is
 * good until the one after the next is asked for, and what uses it may work while the next is made.
 */
export function* jsonBytes(document: object): Generator<Uint8Array> {
  let buffer: Buffer = Buffer.allocUnsafeSlow(FIRST_SIZE);
  let other: Buffer | undefined;
  let filled = 0;
  for (const piece of jsonPieces(document)) {
    // A UTF-16 unit has three bytes at most.
    const most = piece.length * 3;
    if (filled > 0 && filled + most > buffer.length) {
      yield buffer.subarray(0, filled);
      const next = other?.length === SIZE ? other : Buffer.allocUnsafeSlow(SIZE);
      other = buffer;
      buffer = next;
      filled = 0;
    }
    if (most > buffer.length) yield Buffer.from(piece);
    else filled += buffer.write(piece, filled);
  }
  if (filled > 0) yield buffer.subarray(0, filled);
}
