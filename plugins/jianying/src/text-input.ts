import { type ClipOf, findKeywords, type RangeStyle, type TextRange } from '@cozecut/draft-core';
import { defined } from './defined.ts';
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
    | 'border_width'
    | 'border_alpha'
    | 'background_color'
    | 'background'
    | 'vertical'
    | 'alignment'
    | 'bold'
    | 'italic'
    | 'underline'
    | 'letter_spacing'
    | 'line_spacing'
    | 'line_width'
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
/** Opacity of a shadow of which nothing is said but that it is there, in the editor and in other tools. */
const PLAIN_OPACITY = 0.9;
/** Alignments by their numbers; from 3 on lines run from top to bottom. */
const ALIGNMENTS = ['left', 'center', 'right', 'center', 'left', 'right'] as const;
const FIRST_VERTICAL = 3;

/** The style of a text, with what is given. */
export function textStyle(input: TextStyleInput): Style {
  const { font_size, text_color, letter_spacing, line_spacing, background_color } = input;
  return defined({
    ...partStyle({ ...input, color: text_color, font_size }),
    ...alignedBy(input),
    letterSpacing: letter_spacing,
    lineSpacing: line_spacing,
    maxLineWidth: input.line_width,
    background: input.background === undefined ? plainBox(background_color) : boxOf(input.background),
  });
}

function alignedBy({ alignment, vertical }: TextStyleInput) {
  if (alignment === undefined || !/^\d$/.test(alignment))
    return { align: alignment as Style['align'], vertical };
  const number = Number(alignment);
  return { align: ALIGNMENTS[number], vertical: number >= FIRST_VERTICAL ? true : vertical };
}

/** The style of a part of a text, with what is given. */
export function partStyle(input: PartInput): RangeStyle {
  const { color, alpha, font_size, font, bold, italic, underline } = input;
  return defined({
    size: font_size,
    color,
    opacity: alpha,
    bold,
    italic,
    underline,
    font: font === undefined ? undefined : reference(font),
    border: borderOf(input),
    shadow: input.has_shadow === true ? shadowOf(input.shadow_info ?? {}) : undefined,
  });
}

/** Parts of a caption with a style of their own: words that stand out, and parts by their place. */
export function rangesOf(caption: Caption): { ranges?: TextRange[] } {
  const { text, keyword, text_styles } = caption;
  if (keyword === undefined && text_styles === undefined) return {};
  const style = partStyle({
    color: caption.keyword_color ?? KEYWORD_COLOR,
    font_size: caption.keyword_font_size || undefined,
    font: caption.keyword_font,
    border_color: caption.keyword_border_color,
    has_shadow: caption.keyword_has_shadow,
    shadow_info: caption.keyword_shadow_info,
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

/** A colour alone makes an outline, and so does a width or an opacity. */
function borderOf(input: Pick<PartInput, 'border_color' | 'border_width' | 'border_alpha'>): Style['border'] {
  const border = defined({
    color: input.border_color,
    width: input.border_width,
    opacity: input.border_alpha,
  });
  return Object.keys(border).length === 0 ? undefined : border;
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

/** All of a shadow, so that one of a part has nothing of that of the whole. */
function shadowOf(info: NonNullable<TextStyleInput['shadow_info']>): NonNullable<Style['shadow']> {
  const isPlain = Object.keys(info).length === 0;
  return {
    color: info.shadow_color ?? '#000000',
    opacity: info.shadow_alpha ?? (isPlain ? PLAIN_OPACITY : 1),
    diffuse: info.shadow_diffuse ?? 15,
    distance: info.shadow_distance ?? 5,
    angle: info.shadow_angle ?? -45,
  };
}
