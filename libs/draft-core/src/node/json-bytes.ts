import { jsonPieces } from '../compile/json-chunks.ts';

/** A text of up to so many UTF-16 units is one part. */
const SHORT = 1 << 16;
/** Bytes of the parts of a longer one. */
const SIZE = 1 << 20;

/**
 * The UTF-8 text of `JSON.stringify` of a document, part by part; most documents are one. There are two buffers which
 * take turns: a part is good until the one after the next is asked for, and what uses it may work while the next is
 * made.
 */
export function* jsonBytes(document: object): Generator<Uint8Array> {
  const pieces = jsonPieces(document);
  let text = '';
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    text += next.value;
    if (text.length > SHORT) return yield* longBytes(text, pieces);
  }
  yield Buffer.from(text);
}

function* longBytes(start: string, rest: Generator<string>): Generator<Uint8Array> {
  let buffer: Buffer = Buffer.allocUnsafeSlow(SIZE);
  let other: Buffer | undefined;
  let filled = 0;
  for (let next: IteratorResult<string> = { value: start }; !next.done; next = rest.next()) {
    const piece = next.value;
    // A UTF-16 unit has three bytes at most.
    const most = piece.length * 3;
    if (filled > 0 && filled + most > buffer.length) {
      yield buffer.subarray(0, filled);
      const free: Buffer = other ?? Buffer.allocUnsafeSlow(SIZE);
      other = buffer;
      buffer = free;
      filled = 0;
    }
    if (most > buffer.length) yield Buffer.from(piece);
    else filled += buffer.write(piece, filled);
  }
  if (filled > 0) yield buffer.subarray(0, filled);
}
