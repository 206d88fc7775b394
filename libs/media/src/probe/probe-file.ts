import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '@cozecut/problems';
import type { MediaProbe } from '../media-file.ts';
import { fileBytes } from './byte-source.ts';
import { probeBytes } from './probe-bytes.ts';

/**
 * Looks into a file of this machine.
 *
 * @param path - Absolute path.
 * @param label - What to call the file in messages.
 * @throws UserError MEDIA_UNSUPPORTED when it cannot be read, is not media, or is damaged.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { probeFile } from '@cozecut/media';
 *
 * const { facts } = await probeFile(resolve('walk.mp4'), 'walk.mp4');
 * console.log(facts.kind, facts.width, facts.height);
 * ```
 */
export async function probeFile(path: string, label: string): Promise<MediaProbe> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    throw new UserError('MEDIA_UNSUPPORTED', `${label} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
  try {
    return await probeBytes(await fileBytes(file), label);
  } finally {
    await file.close();
  }
}
