import type { ClipOf, Timeline } from '@cozecut/draft-core';

/** Where a clip stands; times in microseconds. */
export interface TimedInput {
  start: number;
  end: number;
}

/** How a clip is played. */
export interface PlayedInput extends TimedInput {
  source_start?: number;
  source_end?: number;
  speed?: number;
  volume?: number;
  fade_in?: number;
  fade_out?: number;
}

/** How a picture looks. */
export interface PictureInput {
  rotation?: number;
  flip_horizontal?: boolean;
  flip_vertical?: boolean;
  crop?: { left?: number; top?: number; right?: number; bottom?: number };
  background_blur?: number;
  background_color?: string;
}

/** Where all pictures of a call stand; positions in pixels from the centre of the canvas. */
export interface PlacementInput {
  alpha: number;
  scale_x: number;
  scale_y: number;
  transform_x: number;
  transform_y: number;
}

/** `start` and `end` as start and length. */
export function timed({ start, end }: TimedInput): { start: number; duration: number } {
  return { start, duration: end - start };
}

/** The part of the file, speed, volume and fades. */
export function played(input: PlayedInput) {
  const { source_start, source_end, speed, volume, fade_in, fade_out } = input;
  const sourceStart = source_start ?? 0;
  const source =
    source_start === undefined && source_end === undefined
      ? undefined
      : { start: sourceStart, ...(source_end === undefined ? {} : { duration: source_end - sourceStart }) };
  return {
    ...(source === undefined ? {} : { source }),
    ...(speed === undefined ? {} : { speed }),
    ...(volume === undefined ? {} : { volume }),
    ...(fade_in || fade_out ? { fade: { in: fade_in ?? 0, out: fade_out ?? 0 } } : {}),
  };
}

/** Crop, background and transform of one picture. */
export function pictured(
  input: PictureInput,
  placement: PlacementInput,
  canvas: Timeline['canvas'],
): Pick<ClipOf<'video'>, 'transform' | 'crop' | 'background'> {
  const { rotation, flip_horizontal, flip_vertical, crop, background_blur, background_color } = input;
  return {
    transform: {
      x: halfCanvas(placement.transform_x, canvas.width),
      y: halfCanvas(placement.transform_y, canvas.height),
      ...(placement.scale_x === placement.scale_y
        ? { scale: placement.scale_x }
        : { scaleX: placement.scale_x, scaleY: placement.scale_y }),
      opacity: placement.alpha,
      ...(rotation === undefined ? {} : { rotation }),
      ...(flip_horizontal === undefined ? {} : { flipX: flip_horizontal }),
      ...(flip_vertical === undefined ? {} : { flipY: flip_vertical }),
    },
    ...(crop === undefined ? {} : { crop }),
    ...(background_color !== undefined
      ? { background: { type: 'color' as const, color: background_color } }
      : background_blur !== undefined
        ? { background: { type: 'blur' as const, level: background_blur } }
        : {}),
  };
}

/**
 * Pixels to the unit of a draft. The editor's panel shows pixels of the whole canvas, so the divisor is the whole
 * width, as in the tools people come from.
 */
export function halfCanvas(pixels: number, size: number): number {
  return pixels / size;
}
