import { once } from 'node:events';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/** Half the time of the usual level for a twentieth more: documents say the same things over and over. */
const level = 3;

/** Content as it is put into a zip. */
export interface Packed {
  /** Parts of what was packed. */
  data: Buffer[];
  packedBytes: number;
  /** Of the content. */
  crc: number;
  bytes: number;
}

/** Packs content; a part is not used any more when the one after the next is asked for. */
export async function pack(content: Iterable<Uint8Array>): Promise<Packed> {
  const parts = content[Symbol.iterator]();
  const first = parts.next();
  const second = first.done ? first : parts.next();
  if (first.done || second.done) {
    // What comes in one part is short: it is packed sooner than a thread is woken that does it.
    const bytes: Uint8Array = first.done ? new Uint8Array() : first.value;
    return packed([deflateRawSync(bytes, { level })], crc32(bytes), bytes.length);
  }
  const deflate = createDeflateRaw({ level });
  const data: Buffer[] = [];
  deflate.on('data', (part: Buffer) => data.push(part));
  const ended = once(deflate, 'end');
  let [crc, bytes] = [0, 0];
  const take = (part: Uint8Array) => {
    crc = crc32(part, crc);
    bytes += part.length;
    return new Promise<void>((resolve, reject) => {
      deflate.write(part, (error) => (error ? reject(error) : resolve()));
    });
  };
  await take(first.value);
  for (let next: IteratorResult<Uint8Array> = second; !next.done; next = parts.next()) await take(next.value);
  deflate.end();
  await ended;
  return packed(data, crc, bytes);
}

function packed(data: Buffer[], crc: number, bytes: number): Packed {
  return { data, packedBytes: data.reduce((sum, part) => sum + part.length, 0), crc, bytes };
}
