import type { ByteSource } from './byte-source.ts';

/** Headers of pictures are read as far as this; what comes before the size is a preview or a colour profile. */
const HEADER_BYTES = [65_536, 1_048_576];

/**
 * Displayed size of a still picture, in pixels; a JPEG that is turned by its EXIF orientation is measured as shown.
 *
 * @throws Error of `image-size` when the header is damaged.
 */
export async function readPictureSize(source: ByteSource): Promise<{ width: number; height: number }> {
  const { imageSize } = await import('image-size');
  let failure: unknown;
  for (const bytes of HEADER_BYTES) {
    const head = await source.read(0, bytes);
    try {
      const { width, height, orientation = 1 } = imageSize(head);
      return orientation >= 5 ? { width: height, height: width } : { width, height };
    } catch (error) {
      failure = error;
    }
    if (head.length < bytes) break;
  }
  throw failure;
}
