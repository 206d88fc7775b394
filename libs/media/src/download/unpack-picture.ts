import { writeFile } from 'node:fs/promises';
import { UserError } from '@cozecut/problems';
import type { MediaCache } from '../cache/media-cache.ts';
import type { MediaFile } from '../media-file.ts';
import { finish } from './receive.ts';

/**
 * Puts the picture of a `data:image/png;base64` address into the cache, where it lies as if it had been downloaded.
 * Converters make such addresses for what has no file.
 *
 * @throws UserError MEDIA_ADDRESS_INVALID for any other content, MEDIA_UNSUPPORTED when it is no picture.
 */
export async function unpackPicture(url: URL, cache: MediaCache): Promise<MediaFile> {
  const base64 = /^image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(url.pathname)?.[1];
  if (base64 === undefined) {
    throw new UserError('MEDIA_ADDRESS_INVALID', 'expected a data: address with a PNG picture in base64');
  }
  const part = await cache.newPart();
  try {
    await writeFile(part.data, Buffer.from(base64, 'base64'), { flush: true });
    const file = await finish(part, cache, { label: 'the picture of a data: address', stored: true });
    return { ...file, name: `picture.${file.extension}` };
  } finally {
    await part.leave(false);
  }
}
