import { open } from 'node:fs/promises';
import type { MediaCache } from '../cache/media-cache.ts';
import type { Part } from '../cache/parts.ts';
import { hashFile } from '../local-file.ts';
import type { MediaFile } from '../media-file.ts';
import { fileBytes } from '../probe/byte-source.ts';
import { probeBytes } from '../probe/probe-bytes.ts';

/** Appends a body to what has arrived. What was written is flushed, also when the body breaks off. */
export async function receive(
  body: ReadableStream<Uint8Array> | null,
  part: Part,
  onBytes: (added: number) => void,
): Promise<void> {
  const file = await open(part.data, 'a');
  try {
    for await (const chunk of body ?? []) {
      await file.writeFile(chunk);
      onBytes(chunk.byteLength);
    }
  } finally {
    await file.sync();
    await file.close();
  }
}

/**
 * Looks into a part that is complete and takes it into the cache.
 *
 * @param label - What to call it in messages.
 * @throws UserError MEDIA_UNSUPPORTED when the content is not media.
 */
export async function finish(
  part: Part,
  cache: MediaCache,
  { label, stored }: { label: string; stored: boolean },
): Promise<Omit<MediaFile, 'name'>> {
  const file = await open(part.data, 'r');
  try {
    const source = await fileBytes(file);
    const probe = await probeBytes(source, label);
    const found = { ...probe, bytes: source.size, sha256: await hashFile(file, label) };
    return { ...found, path: await cache.adopt(part, found, stored) };
  } finally {
    await file.close();
  }
}
