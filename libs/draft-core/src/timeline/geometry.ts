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

/** Where a box is over time: the values of its keyframes, or the one it stays at. */
export interface Whereabouts {
  /** Half-canvas units. */
  x: readonly number[];
  y: readonly number[];
  scaleX: readonly number[];
  scaleY: readonly number[];
  /** Degrees. */
  rotation: readonly number[];
}

/**
 * Whether a box is beyond one edge of the canvas all the time. Between two keyframes it is between their places, and
 * as large as the larger of them at most.
 *
 * @param box - Size in canvas pixels at scale 1.
 */
export function staysOutside(
  box: Size,
  { x, y, scaleX, scaleY, rotation }: Whereabouts,
  canvas: Size,
): boolean {
  const [width, height] = [box.width * Math.max(...scaleX), box.height * Math.max(...scaleY)];
  const turned = rotation.length === 1 ? turnedSize(width, height, rotation[0]!) : anyTurn(width, height);
  const isBeyond = (places: readonly number[], reach: number): boolean =>
    places.every((place) => place >= 1 + reach) || places.every((place) => place <= -1 - reach);
  return isBeyond(x, turned.width / canvas.width) || isBeyond(y, turned.height / canvas.height);
}

function turnedSize(width: number, height: number, degrees: number): Size {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  return { width: width * cos + height * sin, height: width * sin + height * cos };
}

function anyTurn(width: number, height: number): Size {
  const diagonal = Math.hypot(width, height);
  return { width: diagonal, height: diagonal };
}
