import type { ClipOf, Timeline, TimelineTransition } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import { defined } from './defined.ts';
import { maskOf, reference, timedReference } from './reference.ts';
import type { AddVideosInput } from './tools.gen.ts';

type VideoInfo = AddVideosInput['video_infos'][number];

/** Where a clip stands; times in microseconds. */
export type TimedInput = Pick<VideoInfo, 'start' | 'end'>;

/** How a clip is played. */
export type PlayedInput = Pick<
  VideoInfo,
  'source_start' | 'source_end' | 'speed' | 'change_pitch' | 'volume' | 'fade_in' | 'fade_out'
>;

/** Where a picture stands by itself. */
export type OwnPlacement = Pick<
  VideoInfo,
  | 'alpha'
  | 'scale_x'
  | 'scale_y'
  | 'transform_x'
  | 'transform_y'
  | 'rotation'
  | 'flip_horizontal'
  | 'flip_vertical'
>;

/** How a picture looks. */
export type PictureInput = OwnPlacement &
  Pick<VideoInfo, 'crop' | 'background_blur' | 'background_color' | 'mask' | 'filter' | 'filter_intensity'> &
  AnimatedInput;

/** How a clip comes and goes. */
export type AnimatedInput = Pick<
  VideoInfo,
  | 'in_animation'
  | 'in_animation_duration'
  | 'out_animation'
  | 'out_animation_duration'
  | 'loop_animation'
  | 'loop_animation_duration'
>;

/** Where all pictures of a call stand; positions in pixels from the centre of the canvas. */
export type PlacementInput = Pick<
  AddVideosInput,
  'alpha' | 'scale_x' | 'scale_y' | 'transform_x' | 'transform_y'
>;

type Transform = NonNullable<ClipOf<'video'>['transform']>;

/** `start` and `end` as start and length. */
export function timed({ start, end }: TimedInput): { start: number; duration: number } {
  return { start, duration: end - start };
}

/** The part of the file, speed, volume and fades. */
export function played(input: PlayedInput) {
  const { source_start, source_end, speed, change_pitch, volume, fade_in, fade_out } = input;
  const sourceStart = source_start ?? 0;
  const source =
    source_start === undefined && source_end === undefined
      ? undefined
      : { start: sourceStart, ...(source_end === undefined ? {} : { duration: source_end - sourceStart }) };
  return {
    ...(source === undefined ? {} : { source }),
    ...(speed === undefined ? {} : { speed }),
    ...(change_pitch === undefined ? {} : { changePitch: change_pitch }),
    ...(volume === undefined ? {} : { volume }),
    ...(fade_in || fade_out ? { fade: { in: fade_in ?? 0, out: fade_out ?? 0 } } : {}),
  };
}

/** Crop, background, transform, mask, filter and animations of one picture. */
export function pictured(
  input: PictureInput,
  placement: PlacementInput,
  canvas: Timeline['canvas'],
): Pick<ClipOf<'video'>, 'transform' | 'crop' | 'background' | 'mask' | 'filters' | 'animations'> {
  const { crop, mask, filter, filter_intensity } = input;
  return {
    transform: overlaid(transformOf(placement, canvas), transformOf(input, canvas, placement)),
    ...(crop === undefined ? {} : { crop: cropOf(crop) }),
    ...backgroundOf(input),
    ...(mask === undefined ? {} : { mask: { shape: maskOf(mask) } }),
    ...(filter === undefined
      ? {}
      : {
          filters: [
            {
              ...reference(filter),
              ...(filter_intensity === undefined ? {} : { intensity: filter_intensity }),
            },
          ],
        }),
    ...animated(input, 'group'),
  };
}

/**
 * The edges of a crop, which other services give as four corners.
 *
 * @throws UserError INPUT_INVALID for corners that are no rectangle, or edges beside corners.
 */
export function cropOf(crop: NonNullable<PictureInput['crop']>): NonNullable<ClipOf<'video'>['crop']> {
  const { left, top, right, bottom, ...corners } = crop;
  const edges = defined({ left, top, right, bottom });
  if (Object.keys(corners).length === 0) return edges;
  const sides = {
    left: [corners.upper_left_x ?? 0, corners.lower_left_x ?? 0],
    top: [corners.upper_left_y ?? 0, corners.upper_right_y ?? 0],
    right: [corners.upper_right_x ?? 1, corners.lower_right_x ?? 1],
    bottom: [corners.lower_left_y ?? 1, corners.lower_right_y ?? 1],
  } as const;
  const isRectangle = Object.values(sides).every(([one, other]) => Math.abs(one - other) < 1e-6);
  if (!isRectangle || Object.keys(edges).length > 0)
    throw new UserError('INPUT_INVALID', 'crop needs its four edges, or the corners of a rectangle', {
      hint: 'give left, top, right and bottom',
    });
  const {
    left: [west],
    top: [north],
    right: [east],
    bottom: [south],
  } = sides;
  return { left: west, top: north, right: east, bottom: south };
}

/** The fill of the canvas around a picture, where one is asked for. */
export function backgroundOf(
  input: Pick<PictureInput, 'background_blur' | 'background_color'>,
): Pick<ClipOf<'video'>, 'background'> {
  const { background_blur: level, background_color: color } = input;
  if (color !== undefined) return { background: { type: 'color', color } };
  return level === undefined ? {} : { background: { type: 'blur', level } };
}

/**
 * What is given of a place, in the units of a timeline.
 *
 * @param whole - Scales of the call, for a clip that gives one of the two.
 */
export function transformOf(
  input: OwnPlacement,
  canvas: Timeline['canvas'],
  whole: Pick<OwnPlacement, 'scale_x' | 'scale_y'> = {},
): Transform {
  const { alpha, transform_x, transform_y, rotation, flip_horizontal, flip_vertical } = input;
  const isScaled = input.scale_x !== undefined || input.scale_y !== undefined;
  const [x = 1, y = 1] = [input.scale_x ?? whole.scale_x, input.scale_y ?? whole.scale_y];
  return {
    ...(transform_x === undefined ? {} : { x: halfCanvas(transform_x, canvas.width) }),
    ...(transform_y === undefined ? {} : { y: halfCanvas(transform_y, canvas.height) }),
    ...(isScaled ? scaled(x, y) : {}),
    ...(alpha === undefined ? {} : { opacity: alpha }),
    ...(rotation === undefined ? {} : { rotation }),
    ...(flip_horizontal === undefined ? {} : { flipX: flip_horizontal }),
    ...(flip_vertical === undefined ? {} : { flipY: flip_vertical }),
  };
}

/** A transform with another one laid over it: one way of scaling takes the place of the other. */
export function overlaid(below: Transform | undefined, above: Transform): Transform {
  const { scale, scaleX, scaleY, ...rest } = below ?? {};
  const isScaled = [above.scale, above.scaleX, above.scaleY].some((value) => value !== undefined);
  const kept = isScaled ? {} : { scale, scaleX, scaleY };
  const defined = Object.entries({ ...rest, ...kept, ...above }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as Transform;
}

function scaled(x: number, y: number): Pick<Transform, 'scale' | 'scaleX' | 'scaleY'> {
  return x === y ? { scale: x } : { scaleX: x, scaleY: y };
}

/** The animations of a clip; what plays over all of it is called otherwise for pictures and for texts. */
export function animated(input: AnimatedInput, whole: 'group' | 'loop') {
  const { in_animation, out_animation, loop_animation } = input;
  const animations = {
    ...(in_animation === undefined ? {} : { in: timedReference(in_animation, input.in_animation_duration) }),
    ...(out_animation === undefined
      ? {}
      : { out: timedReference(out_animation, input.out_animation_duration) }),
    ...(loop_animation === undefined
      ? {}
      : { [whole]: timedReference(loop_animation, input.loop_animation_duration) }),
  };
  return Object.keys(animations).length === 0 ? {} : { animations };
}

/** The transition from a clip to the next one, where it is asked for. */
export function leaving(input: Pick<VideoInfo, 'transition' | 'transition_duration'>): {
  transition?: Omit<TimelineTransition, 'after'>;
} {
  const { transition, transition_duration } = input;
  return transition === undefined ? {} : { transition: timedReference(transition, transition_duration) };
}

/**
 * Pixels to the unit of a draft. The editor's panel shows pixels of the whole canvas, so the divisor is the whole
 * width, as in the tools people come from.
 */
export function halfCanvas(pixels: number, size: number): number {
  return pixels / size;
}
