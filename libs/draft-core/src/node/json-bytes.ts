import { jsonPieces } from '../compile/json-chunks.ts';

/** Bytes that are handed over at a time. */
const SIZE = 1 << 20;

/**
 * The UTF-8 text of `JSON.stringify` of a document, part by part. There are two buffers which take turns: a part is
 * good until the one after the next is asked for, and what uses it may work while the next is made.
 */
export function* jsonBytes(document: object): Generator<Uint8Array> {
  const buffers = [Buffer.allocUnsafeSlow(SIZE), Buffer.allocUnsafeSlow(SIZE)] as const;
  let turn = 0;
  let filled = 0;
  for (const piece of jsonPieces(document)) {
    // A UTF-16 unit has three bytes at most.
    const most = piece.length * 3;
    if (filled > 0 && filled + most > SIZE) {
      yield buffers[turn % 2]!.subarray(0, filled);
      turn += 1;
      filled = 0;
    }
    if (most > SIZE) yield Buffer.from(piece);
    else filled += buffers[turn % 2]!.write(piece, filled);
  }
  if (filled > 0) yield buffers[turn % 2]!.subarray(0, filled);
}
