import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { MASK_HINT, maskShape } from '../mask-shape.ts';
import { defined, tidy } from '../values.ts';
import type { DraftState } from './draft.ts';

type Mask = NonNullable<ClipOf<'video'>['mask']>;

const keys = [
  'mask_center_x',
  'mask_center_y',
  'mask_size',
  'mask_rotation',
  'mask_feather',
  'mask_invert',
  'mask_rect_width',
  'mask_round_corner',
];

/** The mask of a clip. */
export function maskOf(
  fields: Fields,
  media: string | undefined,
  defaults: { centre: number; size: number },
  state: DraftState,
): Mask | undefined {
  const name = fields.text('mask_type');
  if (name === undefined || name.trim() === '') {
    fields.ignore(...keys);
    return undefined;
  }
  const shape = maskShape(name);
  if (shape === undefined) {
    fields.ignore(...keys);
    fields.error(
      'DR048',
      `${fields.place}.mask_type: there is no mask "${name}"`,
      { hint: MASK_HINT },
      'mask_type',
    );
    return undefined;
  }
  const isBox = shape === 'rectangle';
  const width = fields.number('mask_rect_width');
  const corner = fields.number('mask_round_corner');
  return defined<Mask>({
    shape,
    centerX: centre(fields, 'mask_center_x', 'width', media, defaults.centre, state),
    centerY: centre(fields, 'mask_center_y', 'height', media, defaults.centre, state),
    size: fields.number('mask_size') ?? defaults.size,
    rotation: fields.number('mask_rotation') || undefined,
    feather: fields.number('mask_feather') || undefined,
    invert: fields.flag('mask_invert') || undefined,
    rectWidth: isBox ? width : undefined,
    roundCorner: isBox ? corner || undefined : undefined,
  });
}

/**
 * The tool divides by half the canvas what it calls pixels of the picture. The same place in pixels of the picture is
 * kept; half a pixel, its default, is none.
 */
function centre(
  fields: Fields,
  key: string,
  side: 'width' | 'height',
  media: string | undefined,
  neutral: number,
  { options, canvas }: DraftState,
): number | undefined {
  const value = fields.number(key);
  if (value === undefined || value === 0 || value === neutral) return undefined;
  const size = media === undefined ? 0 : (options.facts.get(media)?.[side] ?? 0);
  const moved = size > 0 ? tidy((value * size) / canvas[side]) : value;
  fields.warn(
    'DR166',
    `${fields.place}.${key}: ${value} counts pixels of the canvas in the tool; kept as ${moved} pixels of the picture`,
    {},
    key,
  );
  return moved;
}
