import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { defined, tidy } from '../values.ts';
import { colorOf, type DraftContext } from './context.ts';
import { readMotion } from './motion.ts';
import { type Look, readAnimations } from './picture.ts';

type TextClip = ClipOf<'text'>;
type Style = NonNullable<TextClip['style']>;

/** Larger sizes are pixels; the tool itself divides them by six. */
const LARGEST_APP_SIZE = 20;
const PIXELS_PER_SIZE = 6;

/** Reads a text segment. */
export function readText(segment: Fields, clipUs: number, context: DraftContext): Look<TextClip> {
  const style = { ...readStyle(segment.object('style')), align: readAlign(segment) };
  return defined<Look<TextClip>>({
    text: segment.text('content') ?? '',
    style: defined<Style>(style),
    animations: readAnimations(segment, ['in', 'out', 'loop'], clipUs, context) as TextClip['animations'],
    ...readMotion(segment, context),
  });
}

function readAlign(segment: Fields): 'left' | 'center' | 'right' {
  const align = (segment.text('alignment') ?? 'center').toLowerCase();
  if (align === 'left' || align === 'center' || align === 'right') return align;
  segment.complain('must be left, center or right', align, 'alignment');
  return 'center';
}

function readStyle(fields: Fields): Style {
  const size = fields.number('font_size');
  const family = fields.text('font_family');
  const weight = fields.text('font_weight')?.toLowerCase();
  return defined<Style>({
    size: size === undefined || size <= LARGEST_APP_SIZE ? size : tidy(size / PIXELS_PER_SIZE),
    bold: weight === 'bold' || weight === 'bolder' || Number(weight) >= 600 || undefined,
    italic: ['italic', 'oblique'].includes(fields.text('font_style')?.toLowerCase() ?? '') || undefined,
    underline: fields.flag('underline') || undefined,
    color: colorOf(fields, 'color'),
    font: family === undefined || isDefaultFont(family) ? undefined : { name: family },
    border: whenEnabled(fields.object('stroke'), (stroke) =>
      defined({ color: colorOf(stroke, 'color'), width: stroke.number('width') }),
    ),
    shadow: whenEnabled(fields.object('shadow'), readShadow),
    background: whenEnabled(fields.object('background'), (background) =>
      defined({ color: colorOf(background, 'color') ?? '#000000', opacity: background.number('opacity') }),
    ),
  });
}

function isDefaultFont(family: string): boolean {
  return ['默认', 'default', '系统'].includes(family.trim().toLowerCase());
}

// Offsets are pixels to the right and down; the app has a distance and an angle, counted counter-clockwise.
function readShadow(fields: Fields): NonNullable<Style['shadow']> {
  const [x, y] = [fields.number('offset_x'), fields.number('offset_y')];
  const hasOffset = x !== undefined || y !== undefined;
  const [right, down] = [x ?? 0, y ?? 0];
  return defined({
    color: colorOf(fields, 'color'),
    distance: hasOffset ? tidy(Math.min(100, Math.hypot(right, down))) : undefined,
    angle: hasOffset ? tidy((Math.atan2(-down, right) * 180) / Math.PI) : undefined,
    diffuse: fields.number('blur'),
  });
}

function whenEnabled<Result>(fields: Fields, read: (fields: Fields) => Result): Result | undefined {
  if (fields.flag('enabled') === true) return read(fields);
  fields.ignoreAll();
  return undefined;
}
