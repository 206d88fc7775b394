import { type ClipOf, findKeywords, type RangeStyle, type TextRange } from '@cozecut/draft-core';
import { reference } from './reference.ts';
import type { AddCaptionsInput, AddTextStylesInput } from './tools.gen.ts';

type Style = NonNullable<ClipOf<'text'>['style']>;
type Caption = AddCaptionsInput['captions'][number];

/** What the tools that add texts say about their looks. */
export type TextStyleInput = Partial<
  Pick<
    AddCaptionsInput,
    | 'font_size'
    | 'text_color'
    | 'border_color'
    | 'background_color'
    | 'background'
    | 'vertical'
    | 'alignment'
    | 'bold'
    | 'italic'
    | 'underline'
    | 'letter_spacing'
    | 'line_spacing'
    | 'alpha'
    | 'font'
    | 'has_shadow'
    | 'shadow_info'
  >
>;

/** The parts that a style of a part of a text has. */
type PartInput = {
  [Key in keyof Omit<AddTextStylesInput['text_styles'][number], 'segment_id'>]?:
    | AddTextStylesInput['text_styles'][number][Key]
    | undefined;
};

/** Colour of words that stand out when nobody says so. */
const KEYWORD_COLOR = '#ff7100';

/** The style of a text, with what is given. */
export function textStyle(input: TextStyleInput): Style {
  const { font_size, text_color, alpha, alignment, letter_spacing, line_spacing, background_color } = input;
  return defined({
    ...partStyle({ ...input, color: text_color, font_size }),
    opacity: alpha,
    align: alignment,
    letterSpacing: letter_spacing,
    lineSpacing: line_spacing,
    background: input.background === undefined ? plainBox(background_color) : boxOf(input.background),
    vertical: input.vertical,
    shadow: input.has_shadow === true ? shadowOf(input.shadow_info ?? {}) : undefined,
  });
}

/** The style of a part of a text, with what is given. */
export function partStyle(input: PartInput): RangeStyle {
  const { color, border_color, font_size, font, bold, italic, underline } = input;
  return defined({
    size: font_size,
    color,
    bold,
    italic,
    underline,
    font: font === undefined ? undefined : reference(font),
    border: border_color === undefined ? undefined : { color: border_color },
  });
}

/** Parts of a caption with a style of their own: words that stand out, and parts by their place. */
export function rangesOf(caption: Caption): { ranges?: TextRange[] } {
  const { text, keyword, text_styles, keyword_color, keyword_font_size, keyword_font, keyword_border_color } =
    caption;
  if (keyword === undefined && text_styles === undefined) return {};
  const style = partStyle({
    color: keyword_color ?? KEYWORD_COLOR,
    font_size: keyword_font_size,
    font: keyword_font,
    border_color: keyword_border_color,
  });
  const words =
    keyword === undefined ? [] : findKeywords(text, keyword).map((place) => ({ ...place, style }));
  const parts = (text_styles ?? []).map(({ start, end, ...part }) => ({
    start,
    end,
    style: partStyle(part),
  }));
  const ranges = [...words, ...parts].sort((a, b) => a.start - b.start);
  return ranges.length === 0 ? {} : { ranges };
}

function plainBox(color: string | undefined): Style['background'] {
  return color === undefined ? undefined : { color };
}

function boxOf(box: NonNullable<TextStyleInput['background']>): NonNullable<Style['background']> {
  return defined<NonNullable<Style['background']>>({
    color: box.color,
    style: box.style,
    opacity: box.alpha,
    roundRadius: box.round_radius,
    width: box.width,
    height: box.height,
    horizontalOffset: box.horizontal_offset,
    verticalOffset: box.vertical_offset,
  });
}

function shadowOf(info: NonNullable<TextStyleInput['shadow_info']>): NonNullable<Style['shadow']> {
  return defined({
    color: info.shadow_color,
    opacity: info.shadow_alpha,
    diffuse: info.shadow_diffuse,
    distance: info.shadow_distance,
    angle: info.shadow_angle,
  });
}

/** Without the keys that nobody gave. */
function defined<Value extends object>(value: { [Key in keyof Value]?: Value[Key] | undefined }): Value {
  const given = {} as Value;
  for (const key of Object.keys(value) as (keyof Value)[]) {
    const item = value[key];
    // Captions come by the hundred, so this is no chain of lists.
    if (item !== undefined) given[key] = item;
  }
  return given;
}
