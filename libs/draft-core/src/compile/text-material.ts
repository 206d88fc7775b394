import { parseColor } from '../timeline/color.ts';
import type { NormalTextClip } from '../timeline/model.ts';
import { layered } from '../timeline/text-input.ts';
import type { JsonObject } from './compiled-draft.ts';

type TextInput = NormalTextClip['input'];
type TextStyle = NonNullable<TextInput['style']>;

interface Tile {
  start: number;
  end: number;
  style: TextStyle;
}

const alignments = { left: 0, center: 1, right: 2 } as const;
const white = '#FFFFFF';
const black = '#000000';

/** A font of the app by its id, or a file of the draft by its path in it. */
export type FontReference = { id: string } | { path: string };

/** What the resources of a text clip are in the draft. */
interface TextLooks {
  fontOf(font: NonNullable<TextStyle['font']>): FontReference;
  decorationId: string | undefined;
}

/** Paths of fonts and decorations that the app knows: any text but an empty one will do. */
const CATALOG_FONT_PATH = 'D:';
export const DECORATION_PATH = 'C:';

/** Makes the materials of text clips, in the short form that every build opens. */
export class TextMaterials {
  readonly #fontOf: TextLooks['fontOf'];
  readonly #wholeTexts = new Map<string, WholeText>();

  constructor(fontOf: TextLooks['fontOf']) {
    this.#fontOf = fontOf;
  }

  /** @param decorationId - Effect id of the decoration. */
  make(input: TextInput, id: string, decorationId: string | undefined): JsonObject {
    const looks = { fontOf: this.#fontOf, decorationId };
    const { text, style, ranges = [] } = input;
    if (ranges.length > 0 || text === '') return textMaterial(input, id, looks);
    // Captions of one style come by the thousand and differ in their texts alone.
    const key = JSON.stringify([decorationId, style]);
    let whole = this.#wholeTexts.get(key);
    if (whole === undefined) {
      whole = wholeText(text, textMaterial(input, id, looks));
      this.#wholeTexts.set(key, whole);
    }
    const { before, after, fields } = whole;
    return { id, content: `${before}${rangeOf(text)}${after}${JSON.stringify(text)}}`, ...fields };
  }
}

/** The material of a text in one style, without the text: its content up to the range and from there to the text. */
interface WholeText {
  before: string;
  after: string;
  fields: JsonObject;
}

function wholeText(text: string, { id: _, content, ...fields }: JsonObject): WholeText {
  const written = String(content);
  // In front of the range there are only numbers, so nothing else can look like it.
  const range = rangeOf(text);
  const at = written.indexOf(range);
  const end = written.length - JSON.stringify(text).length - 1;
  return { before: written.slice(0, at), after: written.slice(at + range.length, end), fields };
}

function rangeOf(text: string): string {
  return `"range":[0,${text.length}]`;
}

function textMaterial(input: TextInput, id: string, { fontOf, decorationId }: TextLooks): JsonObject {
  const style = input.style ?? {};
  const tiles = tile(input, style);
  const globalAlpha = Math.max(...tiles.map((one) => fillAlpha(one.style)));
  const fonts = tiles.map(({ style: { font } }) => font && fontOf(font));
  const styles = tiles.map((one, index) => ({
    ...textStyle(one, globalAlpha),
    ...fontFields(fonts[index]),
    ...(decorationId === undefined ? {} : { effectStyle: { id: decorationId, path: DECORATION_PATH } }),
  }));
  const file = fonts.find((font) => font !== undefined && 'path' in font);
  return {
    id,
    content: JSON.stringify({ styles, text: input.text }),
    typesetting: style.vertical === true ? 1 : 0,
    alignment: alignments[style.align ?? 'left'],
    letter_spacing: (style.letterSpacing ?? 0) * 0.05,
    line_spacing: 0.02 + (style.lineSpacing ?? 0) * 0.05,
    line_feed: 1,
    line_max_width: style.maxLineWidth ?? 0.82,
    force_apply_line_max_width: false,
    check_flag: checkFlag(tiles, style),
    type: style.autoWrap === true ? 'subtitle' : 'text',
    global_alpha: globalAlpha,
    ...backgroundFields(style.background),
    ...(file !== undefined && 'path' in file ? { font_path: file.path } : {}),
  };
}

function fontFields(font: FontReference | undefined): JsonObject {
  if (font === undefined) return {};
  return { font: 'path' in font ? { id: '', path: font.path } : { id: font.id, path: CATALOG_FONT_PATH } };
}

/** Cuts the text into parts of one style each, in order, that cover it exactly once. */
function tile({ text, ranges = [] }: TextInput, base: TextStyle): Tile[] {
  const tiles: Tile[] = [];
  let at = 0;
  for (const { start, end, style } of ranges) {
    if (start > at) tiles.push({ start: at, end: start, style: base });
    tiles.push({ start, end, style: layered<TextStyle>(base, style) });
    at = end;
  }
  if (at < text.length) tiles.push({ start: at, end: text.length, style: base });
  return tiles;
}

function fillAlpha({ color = white, opacity = 1 }: TextStyle): number {
  return opacity * parseColor(color).alpha;
}

// The app has one opacity for the whole text and one for each part; the parts are relative to the whole.
function textStyle({ start, end, style }: Tile, globalAlpha: number): JsonObject {
  const alpha = globalAlpha === 0 ? 1 : fillAlpha(style) / globalAlpha;
  const { rgb } = parseColor(style.color ?? white);
  return {
    fill: { alpha: 1, content: { render_type: 'solid', solid: { alpha, color: rgb } } },
    range: [start, end],
    size: style.size ?? 8,
    bold: style.bold ?? false,
    italic: style.italic ?? false,
    underline: style.underline ?? false,
    strokes: style.border === undefined ? [] : [stroke(style.border)],
    ...(style.shadow === undefined ? {} : { shadows: [shadow(style.shadow)] }),
  };
}

function stroke({ color = black, opacity = 1, width = 40 }: NonNullable<TextStyle['border']>): JsonObject {
  const { rgb, alpha } = parseColor(color);
  return { content: { solid: { alpha: opacity * alpha, color: rgb } }, width: (width / 100) * 0.2 };
}

function shadow(style: NonNullable<TextStyle['shadow']>): JsonObject {
  const { color = black, opacity = 1, diffuse = 15, distance = 5, angle = -45 } = style;
  const { rgb, alpha } = parseColor(color);
  return {
    diffuse: diffuse / 100 / 6,
    alpha: opacity * alpha,
    distance,
    content: { solid: { color: rgb } },
    angle,
  };
}

function checkFlag(tiles: readonly Tile[], { background }: TextStyle): number {
  const has = (key: 'border' | 'shadow') => tiles.some(({ style }) => style[key] !== undefined);
  return 7 + (has('border') ? 8 : 0) + (background ? 16 : 0) + (has('shadow') ? 32 : 0);
}

function backgroundFields(background: TextStyle['background']): JsonObject {
  if (background === undefined) return {};
  const { horizontalOffset = 0.5, verticalOffset = 0.5 } = background;
  return {
    background_style: background.style ?? 1,
    background_color: background.color.slice(0, 7),
    background_alpha: (background.opacity ?? 1) * parseColor(background.color).alpha,
    background_round_radius: background.roundRadius ?? 0,
    background_height: background.height ?? 0.14,
    background_width: background.width ?? 0.14,
    background_horizontal_offset: horizontalOffset * 2 - 1,
    background_vertical_offset: verticalOffset * 2 - 1,
  };
}
