import { createReadStream, existsSync } from 'node:fs';
import { ARCHIVE_BLOB } from '@cozecut/plugin-host';
import type { BlobStore } from '@cozecut/store';

/**
 * SHA-256 of the zip that is sent to whoever downloads a draft; nothing when there is none.
 *
 * @param file - Where it lies until a server takes it over.
 */
export async function archiveHash(
  blobs: Pick<BlobStore, 'find' | 'has'>,
  draftId: string,
  file: string,
): Promise<string | undefined> {
  const blob = await blobs.find(draftId, ARCHIVE_BLOB);
  if (blob !== undefined) return (await blobs.has(blob.id)) ? blob.id : undefined;
  if (!existsSync(file)) return undefined;
  // Most commands make no archive, and this takes its time to load.
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}
