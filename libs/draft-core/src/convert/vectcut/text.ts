import type { ClipOf, RangeStyle } from '../../timeline/schema.ts';
import { Fields } from '../fields.ts';
import { defined, unlessEmpty } from '../values.ts';
import type { DraftState } from './draft.ts';
import { colorOf, readNamed, readSpan, readTransform, utf16At } from './values.ts';

type TextClip = ClipOf<'text'>;
type Style = NonNullable<TextClip['style']>;

/** `add_text`. */
export function addText(fields: Fields, state: DraftState): void {
  const span = readSpan(fields, 5);
  const text = fields.text('text') ?? '';
  if (text.trim() === '') fields.error('DR102', `${fields.place}.text is empty`, {}, 'text');
  const fixed = fields.number('fixed_width') ?? -1;
  if ((fields.number('fixed_height') ?? -1) > 0) fields.drop('fixed_height');
  const style = defined<Style>({
    ...readStyle(fields, { color: '#FF0000', size: 8 }),
    shadow: readShadow(fields),
    maxLineWidth: fixed > 0 ? fixed : undefined,
    autoWrap: fixed > 0 ? true : undefined,
  });
  const bubble = { effectId: fields.text('bubble_effect_id'), resourceId: fields.text('bubble_resource_id') };
  const decoration = fields.text('effect_effect_id');
  const ranges = fields
    .list('text_styles')
    .flatMap((value, index) => readRange(value, index, text, fields, state));
  const animations = defined<NonNullable<TextClip['animations']>>({
    in: readNamed(fields, 'intro_animation', 'intro_duration'),
    out: readNamed(fields, 'outro_animation', 'outro_duration'),
  });
  const transform = readTransform(fields);
  if (span === undefined || text.trim() === '') return;
  const clip = defined<TextClip>({
    text,
    ...span,
    style,
    ranges: ranges.length > 0 ? ranges : undefined,
    transform: unlessEmpty(transform),
    bubble:
      bubble.effectId === undefined || bubble.resourceId === undefined
        ? undefined
        : { effectId: bubble.effectId, resourceId: bubble.resourceId },
    decoration: decoration === undefined ? undefined : { id: decoration },
    animations: unlessEmpty(animations),
  });
  state.place(fields, 'text', 'text_main', clip);
}

/** Style of a text or of subtitles. Of the two names of a field the short one wins. */
export function readStyle(fields: Fields, defaults: { color: string; size: number }): Style {
  const color = colorOf(fields, 'font_color');
  const size = fields.positive('font_size');
  const alpha = fields.number('font_alpha');
  const opacity = fields.number('alpha') ?? alpha ?? 1;
  const font = fields.text('font');
  const borderWidth = fields.number('border_width') ?? 0;
  const border = {
    color: colorOf(fields, 'border_color') ?? '#000000',
    opacity: fields.number('border_alpha'),
    width: borderWidth,
  };
  return defined<Style>({
    size: fields.positive('size') ?? size ?? defaults.size,
    color: colorOf(fields, 'color') ?? color ?? defaults.color,
    opacity: opacity === 1 ? undefined : opacity,
    font: font === undefined ? undefined : { name: font },
    vertical: fields.flag('vertical') || undefined,
    border:
      borderWidth > 0
        ? defined({ ...border, opacity: border.opacity === 1 ? undefined : border.opacity })
        : undefined,
    background: readBackground(fields),
  });
}

function readBackground(fields: Fields): Style['background'] {
  const opacity = fields.number('background_alpha') ?? 0;
  const style = fields.number('background_style') ?? 0;
  const background = defined<NonNullable<Style['background']>>({
    color: colorOf(fields, 'background_color') ?? '#000000',
    style: style === 1 || style === 2 ? style : undefined,
    opacity,
    roundRadius: fields.number('background_round_radius'),
    height: fields.number('background_height'),
    width: fields.number('background_width'),
    horizontalOffset: fields.number('background_horizontal_offset'),
    verticalOffset: fields.number('background_vertical_offset'),
  });
  return opacity > 0 ? background : undefined;
}

function readShadow(fields: Fields): Style['shadow'] {
  const isOn = fields.flag('shadow_enabled') === true;
  const shadow = {
    color: colorOf(fields, 'shadow_color') ?? '#000000',
    opacity: fields.number('shadow_alpha') ?? 0.9,
    distance: fields.number('shadow_distance') ?? 5,
    angle: fields.number('shadow_angle') ?? -45,
    // The tool counts it 0..1 and divides by six, as the app does with 0..100.
    diffuse: (fields.number('shadow_smoothing') ?? 0.15) * 100,
  };
  return isOn ? shadow : undefined;
}

/** A part with a style of its own; its place is counted in characters. */
function readRange(
  value: unknown,
  index: number,
  text: string,
  fields: Fields,
  { findings }: DraftState,
): NonNullable<TextClip['ranges']> {
  const part = new Fields(value, [...fields.path, 'text_styles', index], findings);
  const [from, to] = [part.number('start') ?? 0, part.number('end') ?? 0];
  const style = part.object('style');
  const border = part.object('border');
  const width = border.number('width') ?? 0;
  const font = part.text('font');
  const opacity = style.number('alpha');
  const look = defined<RangeStyle>({
    size: style.positive('size'),
    bold: style.flag('bold'),
    italic: style.flag('italic'),
    underline: style.flag('underline'),
    color: colorOf(style, 'color'),
    opacity: opacity === 1 ? undefined : opacity,
    font: font === undefined ? undefined : { name: font },
    border:
      width > 0
        ? defined({ color: colorOf(border, 'color'), opacity: border.number('alpha'), width })
        : undefined,
  });
  border.ignore('color', 'alpha');
  // These are those of the whole text.
  style.ignore('align', 'vertical', 'letter_spacing', 'line_spacing');
  part.finish();
  const [start, end] = [utf16At(text, from), utf16At(text, to)];
  if (end > start) return [{ start, end, style: look }];
  part.error('DR101', `${part.place}: end must be after start, inside of the text (got ${from} to ${to})`);
  return [];
}
