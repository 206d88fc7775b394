import type { ClipOf } from './schema.ts';

interface Size {
  width: number;
  height: number;
}

/** Size in canvas pixels of a picture at scale 1: its visible part fitted inside the canvas. */
export function fittedSize(picture: Size, crop: ClipOf<'video'>['crop'], canvas: Size): Size | undefined {
  const { left = 0, top = 0, right = 1, bottom = 1 } = crop ?? {};
  const width = picture.width * (right - left);
  const height = picture.height * (bottom - top);
  if (!(width > 0 && height > 0)) return undefined;
  const fit = Math.min(canvas.width / width, canvas.height / height);
  return { width: width * fit, height: height * fit };
}
