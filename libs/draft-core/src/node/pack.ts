import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Half the time of the usual level for a twentieth more: documents say the same things over and over. */
const LEVEL = 3;

/** Content as it is put into a zip. */
export interface Packed {
  /** Parts of what was packed. */
  data: Buffer[];
  packedBytes: number;
  /** Of the content. */
  crc: number;
  bytes: number;
}

/** Packs content; a part is not used any more when the next one is asked for. */
export async function pack(parts: Iterable<Uint8Array>): Promise<Packed> {
  const deflate = createDeflateRaw({ level: LEVEL });
  const data: Buffer[] = [];
  deflate.on('data', (part: Buffer) => data.push(part));
  const ended = once(deflate, 'end');
  let [crc, bytes] = [0, 0];
  for (const part of parts) {
    crc = crc32(part, crc);
    bytes += part.length;
    await new Promise<void>((resolve, reject) => {
      deflate.write(part, (error) => (error ? reject(error) : resolve()));
    });
  }
  deflate.end();
  await ended;
  return { data, packedBytes: data.reduce((sum, part) => sum + part.length, 0), crc, bytes };
}
