import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { MASK_HINT, maskShape } from '../mask-shape.ts';
import { defined, percent, tidy } from '../values.ts';
import type { PlanState } from './plan.ts';

type Mask = NonNullable<ClipOf<'video'>['mask']>;

/** Larger centres are pixels; a normalised one beyond this lies outside of the picture. */
const MOST_NORMALISED = 2;

/** The mask of a segment. */
export function readMask(segment: Fields, media: string | undefined, state: PlanState): Mask | undefined {
  if (!segment.has('mask')) return undefined;
  const fields = segment.object('mask');
  const name = fields.text(state.isHeadless ? 'shape' : 'name') ?? '';
  const shape = maskShape(name);
  if (shape === undefined) {
    fields.error('DR048', `${fields.place}: there is no mask ${JSON.stringify(name)}`, { hint: MASK_HINT });
    fields.ignoreAll();
    return undefined;
  }
  const common = {
    shape,
    rotation: fields.number('rotation') || undefined,
    invert: fields.flag('invert') || undefined,
  };
  const [x, y] = state.isHeadless ? (['x', 'y'] as const) : (['center_x', 'center_y'] as const);
  const place = {
    centerX: centre(fields, x, 'width', media, state),
    centerY: centre(fields, y, 'height', media, state),
  };
  const [feather, corner] = [fields.number('feather'), fields.number('round_corner')];
  if (!state.isHeadless) {
    return defined<Mask>({
      ...common,
      ...place,
      size: fields.number('size'),
      feather: feather || undefined,
      rectWidth: fields.number('rect_width'),
      roundCorner: corner || undefined,
    });
  }
  const [width, height] = [fields.number('width'), fields.number('height') ?? 0.5];
  const isBox = shape === 'rectangle';
  // The width of the other shapes follows from their height.
  if (!isBox && width !== undefined) state.findings.drop([...fields.path, 'width']);
  return defined<Mask>({
    ...common,
    ...place,
    size: height,
    feather: feather === undefined || feather === 0 ? undefined : percent(feather),
    rectWidth: isBox ? (width ?? 0.28) : undefined,
    roundCorner: isBox && corner !== undefined && corner !== 0 ? percent(corner) : undefined,
  });
}

/** A centre in halves of the picture, or in pixels where it is too large for that; a timeline counts pixels. */
function centre(
  fields: Fields,
  key: string,
  side: 'width' | 'height',
  media: string | undefined,
  { options, isHeadless }: PlanState,
): number | undefined {
  const value = fields.number(key) ?? 0;
  if (value === 0) return undefined;
  if (!isHeadless && Math.abs(value) > MOST_NORMALISED) {
    fields.warn(
      'DR166',
      `${fields.place}.${key}: ${value} is read as pixels of the picture; up to ${MOST_NORMALISED} would be halves of it`,
      {},
      key,
    );
    return value;
  }
  const size = options.facts.get(media ?? '')?.[side] ?? 0;
  if (size <= 0) {
    fields.warn('DR161', `${fields.place}.${key} dropped: the size of the picture is not known`, {}, key);
    return undefined;
  }
  const pixels = tidy((value * size) / 2);
  if (!isHeadless) {
    fields.warn(
      'DR166',
      `${fields.place}.${key}: ${value} is read as halves of the picture (${pixels} pixels)`,
      {},
      key,
    );
  }
  return pixels;
}
