import type { ClipOf, Timeline } from '@cozecut/draft-core';
import type { AddVideosInput } from './tools.gen.ts';

type VideoInfo = AddVideosInput['video_infos'][number];

/** Where a clip stands; times in microseconds. */
export type TimedInput = Pick<VideoInfo, 'start' | 'end'>;

/** How a clip is played. */
export type PlayedInput = Pick<
  VideoInfo,
  'source_start' | 'source_end' | 'speed' | 'volume' | 'fade_in' | 'fade_out'
>;

/** How a picture looks. */
export type PictureInput = Pick<
  VideoInfo,
  'rotation' | 'flip_horizontal' | 'flip_vertical' | 'crop' | 'background_blur' | 'background_color'
>;

/** Where all pictures of a call stand; positions in pixels from the centre of the canvas. */
export type PlacementInput = Pick<
  AddVideosInput,
  'alpha' | 'scale_x' | 'scale_y' | 'transform_x' | 'transform_y'
>;

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
