import type { FileHandle } from 'node:fs/promises';

/** Headers of pictures are read as far as this; what comes before the size is a preview or a colour profile. */
const HEADER_BYTES = 1_048_576;

/**
 * Displayed size of a still picture, in pixels; a JPEG that is turned by its EXIF orientation is measured as shown.
 *
 * @throws Error of `image-size` when the header is damaged.
 */
export async function readPictureSize(file: FileHandle): Promise<{ width: number; height: number }> {
  const { imageSize } = await import('image-size');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
  const { width, height, orientation = 1 } = imageSize(buffer.subarray(0, bytesRead));
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
