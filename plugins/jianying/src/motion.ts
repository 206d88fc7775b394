import type { ClipOf } from '@cozecut/draft-core';
import type { AddImagesInput } from './tools.gen.ts';

type Motion = AddImagesInput['image_infos'][number]['motion'];
type Clip = ClipOf<'video'>;

/** How much larger a picture is at the near end of a zoom, and all through a pan. */
const ZOOM = 1.2;

/** Signs of the way that a picture goes. */
const WAYS = { pan_left: [-1, 0], pan_right: [1, 0], pan_up: [0, 1], pan_down: [0, -1] } as const;

/**
 * Keyframes of a slow movement. A zoom goes between the size that the picture has and one a fifth larger; a pan shows
 * it a fifth larger and goes as far as that leaves room.
 */
export function movement(
  motion: Motion,
  transform: Clip['transform'],
  durationUs: number,
): Pick<Clip, 'keyframes'> {
  if (motion === undefined || motion === 'none') return {};
  const scale = transform?.scale ?? Math.min(transform?.scaleX ?? 1, transform?.scaleY ?? 1);
  const over = (from: number, to: number): [number, number][] => [
    [0, from],
    [durationUs, to],
  ];
  if (motion === 'zoom_in') return { keyframes: { scale: over(scale, scale * ZOOM) } };
  if (motion === 'zoom_out') return { keyframes: { scale: over(scale * ZOOM, scale) } };
  const [right, up] = WAYS[motion];
  const room = scale * (ZOOM - 1);
  const [x, y] = [transform?.x ?? 0, transform?.y ?? 0];
  const larger = over(scale * ZOOM, scale * ZOOM);
  return right === 0
    ? { keyframes: { scale: larger, positionY: over(y - up * room, y + up * room) } }
    : { keyframes: { scale: larger, positionX: over(x - right * room, x + right * room) } };
}
