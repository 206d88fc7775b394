import { UserError } from '@cozecut/problems';
import { resumeValidator } from '../cache/freshness.ts';
import { describeAddress } from '../egress/describe.ts';
import type { ByteSource } from '../probe/byte-source.ts';

const CHUNK_BYTES = 262_144;
/** A probe that needs more chunks is better served by a download, which also lands in the cache. */
const MAX_CHUNKS = 24;

/** The content of an address cannot be read in pieces. */
export class NoRangesError extends Error {
  override readonly name = 'NoRangesError';
}

/**
 * The content of an address, read in pieces as far as they are needed. The pieces belong together: a host whose
 * content changes, that ignores ranges or gives no validator that says so is left to a download.
 *
 * @param signal - Ends every read.
 * @throws NoRangesError, also from `read`, when it must be downloaded; whatever `fetch` throws.
 */
export async function rangeBytes(
  url: URL,
  fetchRange: typeof fetch,
  signal: AbortSignal,
): Promise<ByteSource> {
  const chunks = new Map<number, Promise<Uint8Array>>();
  /** Those that have come, or will not. */
  const settled = new Set<number>([0]);
  let validator: string | undefined;

  async function ask(index: number): Promise<{ bytes: Uint8Array; total: number }> {
    const start = index * CHUNK_BYTES;
    const headers: Record<string, string> = {
      'accept-encoding': 'identity',
      range: `bytes=${start}-${start + CHUNK_BYTES - 1}`,
    };
    if (validator !== undefined) headers['if-range'] = validator;
    const response = await fetchRange(url.href, { signal, headers });
    const [, from, total] =
      /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
    validator ??= resumeValidator(response.headers);
    if (response.status !== 206 || from !== String(start) || validator === undefined) {
      await response.body?.cancel();
      throw new NoRangesError(`${describeAddress(url)} does not give pieces`);
    }
    return { bytes: new Uint8Array(await response.arrayBuffer()), total: Number(total) };
  }

  const first = await ask(0);
  const size = first.total;
  chunks.set(0, Promise.resolve(first.bytes));

  async function chunk(index: number): Promise<Uint8Array> {
    let found = chunks.get(index);
    if (found === undefined) {
      if (chunks.size === MAX_CHUNKS) throw new NoRangesError('too many pieces are needed');
      found = ask(index)
        .then(({ bytes }) => bytes)
        .finally(() => settled.add(index));
      chunks.set(index, found);
    }
    const bytes = await found;
    if (bytes.length === Math.min(CHUNK_BYTES, size - index * CHUNK_BYTES)) return bytes;
    throw new UserError('MEDIA_TRUNCATED', `${describeAddress(url)} gave a piece of the wrong length`);
  }

  return {
    size,
    isFar: true,
    isThere(start, end) {
      const last = Math.floor((Math.min(end, size) - 1) / CHUNK_BYTES);
      for (let index = Math.floor(start / CHUNK_BYTES); index <= last; index++)
        if (!settled.has(index) && !(chunks.size === MAX_CHUNKS && !chunks.has(index))) return false;
      return true;
    },
    async read(start, end) {
      const last = Math.min(end, size);
      const pieces: Uint8Array[] = [];
      for (let position = start; position < last; ) {
        const index = Math.floor(position / CHUNK_BYTES);
        const offset = index * CHUNK_BYTES;
        const piece = (await chunk(index)).subarray(position - offset, last - offset);
        pieces.push(piece);
        position += piece.length;
      }
      return Buffer.concat(pieces);
    },
  };
}
