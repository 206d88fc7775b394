import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MediaFacts, MediaFile } from '../../src/index.ts';
import { paperFile } from './media.ts';

/** Writes a file and describes it; its bytes are not those of a real video. */
export async function realFile(
  folder: string,
  name: string,
  facts: Partial<MediaFacts> & Pick<MediaFacts, 'kind'>,
  content: string | Uint8Array = `bytes of ${name}`,
): Promise<MediaFile> {
  const path = join(folder, name);
  await writeFile(path, content);
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { ...paperFile(basename(name), facts), path, sha256, bytes };
}
