import type { Clip, ClipOf, RangeStyle } from '../../timeline/schema.ts';
import { borderPercent } from '../border.ts';
import type { Fields } from '../fields.ts';
import { defined, numeric } from '../values.ts';
import { readAnimations, readMotion } from './motion.ts';
import type { PlanState } from './plan.ts';
import { colorOf, nameOf } from './plan-fields.ts';

type TextClip = ClipOf<'text'>;
type Style = NonNullable<TextClip['style']>;

/** Where the tool puts text that says nothing about it. */
const DEFAULT_Y = -0.78;

/** A segment of a text track. */
export function readTextSegment(
  segment: Fields,
  span: { start: number; duration: number },
  state: PlanState,
): Clip | undefined {
  const text = segment.text('text') ?? '';
  const style = readStyle(segment, state);
  const ranges = segment.items('styles').flatMap(readRange);
  const clip = defined<TextClip>({
    text,
    ...span,
    style,
    ranges: ranges.length > 0 ? ranges : undefined,
    ...readMotion(segment, DEFAULT_Y),
    animations: readAnimations(segment, 'loop'),
    decoration: readIds(segment, 'text_effect', (effectId, id) => defined({ id, effectId })),
    bubble: readIds(segment, 'bubble', (effectId, id) =>
      effectId === undefined || id === undefined ? undefined : { effectId, resourceId: id },
    ),
  });
  if (text.trim() !== '') return clip;
  segment.error('DR102', `${segment.place}.text is empty`, {}, 'text');
  return undefined;
}

function readIds<Result>(
  segment: Fields,
  key: string,
  make: (effectId: string | undefined, resourceId: string | undefined) => Result,
): Result | undefined {
  if (!segment.has(key)) return undefined;
  const fields = segment.object(key);
  const ids = [fields.text('effect_id'), fields.text('resource_id')] as const;
  return ids[0] === undefined && ids[1] === undefined ? undefined : make(...ids);
}

const aligns = ['left', 'center', 'right'] as const;

function readStyle(segment: Fields, { isHeadless }: PlanState): Style {
  const font = nameOf(segment, 'font');
  const color = colorOf(segment, 'border_color');
  const written = segment.number('border_width');
  // One tool writes what the app shows, the other what the draft holds.
  const width = written === undefined ? undefined : isHeadless ? borderPercent(written) : written;
  const hasBorder = width !== undefined ? width > 0 : color !== undefined;
  return defined<Style>({
    size: segment.number('size'),
    color: colorOf(segment, 'color'),
    bold: segment.flag('bold') || undefined,
    italic: segment.flag('italic') || undefined,
    underline: segment.flag('underline') || undefined,
    vertical: segment.flag('vertical') || undefined,
    letterSpacing: segment.number('letter_spacing'),
    lineSpacing: segment.number('line_spacing'),
    align: readAlign(segment),
    font: font === undefined ? undefined : { name: font },
    border: hasBorder ? defined({ color, width }) : undefined,
    background: segment.has('background') ? readBackground(segment.object('background')) : undefined,
    shadow: segment.has('shadow') ? readShadow(segment.object('shadow')) : undefined,
  });
}

function readAlign(segment: Fields): Style['align'] {
  const value = segment.raw('alignment');
  if (value === undefined) return undefined;
  const align = aligns.find((name, index) => value === name || numeric(value) === index);
  if (align === undefined) segment.complain('must be left, center or right', value, 'alignment');
  return align;
}

function readBackground(fields: Fields): NonNullable<Style['background']> {
  const style = fields.number('style');
  return defined<NonNullable<Style['background']>>({
    color: colorOf(fields, 'color') ?? '#000000',
    style: style === 1 || style === 2 ? style : undefined,
    opacity: fields.number('alpha') ?? fields.number('opacity'),
    roundRadius: fields.number('round_radius'),
    height: fields.number('height'),
    width: fields.number('width'),
    horizontalOffset: fields.number('horizontal_offset'),
    verticalOffset: fields.number('vertical_offset'),
  });
}

function readShadow(fields: Fields): NonNullable<Style['shadow']> {
  return defined<NonNullable<Style['shadow']>>({
    color: colorOf(fields, 'color'),
    opacity: fields.number('alpha') ?? fields.number('opacity'),
    diffuse: fields.number('diffuse'),
    distance: fields.number('distance'),
    angle: fields.number('angle'),
  });
}

function readRange(fields: Fields): { start: number; end: number; style: RangeStyle }[] {
  const [start, end] = fields.list('range').map(numeric);
  const style = defined<RangeStyle>({
    size: fields.number('size'),
    bold: fields.flag('bold'),
    italic: fields.flag('italic'),
    underline: fields.flag('underline'),
    color: colorOf(fields, 'color'),
  });
  fields.finish();
  if (Number.isInteger(start) && Number.isInteger(end)) return [{ start: start!, end: end!, style }];
  fields.error('DR101', `${fields.place}.range must be two whole numbers`, {}, 'range');
  return [];
}
