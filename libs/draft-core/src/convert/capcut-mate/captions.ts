import type { ClipOf, RangeStyle } from '../../timeline/schema.ts';
import { readColor } from '../color.ts';
import type { Fields } from '../fields.ts';
import { defined, unlessEmpty } from '../values.ts';
import type { DraftState } from './draft.ts';
import { readItems, timedItems } from './items.ts';
import { findKeywords } from './keywords.ts';
import { knower } from './known.ts';
import { newTrack, readPlace } from './media.ts';
import { readAnimation } from './names.ts';

type TextClip = ClipOf<'text'>;
type Style = NonNullable<TextClip['style']>;
type KeywordRange = { start: number; end: number; style: RangeStyle };

/** `add_captions`: one new track. */
export function addCaptions(body: Fields, state: DraftState): TextClip[] {
  const items = timedItems(readItems(body, 'captions', state.findings));
  const base = readStyle(body);
  const place = { x: 0, y: 0, ...readPlace(body, state) };
  const effect = body.text('text_effect');
  const track = newTrack('text', body, 'captions', state);
  if (track.type === 'text') track.captions = true;
  return items.flatMap(({ fields, startUs, endUs }) => {
    const text = fields.text('text') ?? '';
    if (text.trim() === '') {
      fields.error('DR102', `${fields.place}.text is empty`, {}, 'text');
      return [];
    }
    for (const key of ['transition', 'transition_duration'])
      if (fields.text(key) === undefined) fields.ignore(key);
    const decoration = fields.text('text_effect') ?? effect;
    const size = fields.positive('font_size');
    const style: Style = { ...base, ...(size === undefined ? {} : { size }) };
    const keywords = readKeywords(fields, text, style);
    const ranges = decoration === undefined ? keywords : keywords.map((range) => unshadowed(range, fields));
    const clip = defined<TextClip>({
      text,
      start: startUs,
      duration: endUs - startUs,
      style: decoration === undefined ? style : undecorated(style, fields),
      ranges: ranges.length > 0 ? ranges : undefined,
      transform: place,
      decoration: decoration === undefined ? undefined : reference(decoration),
      animations: unlessEmpty(
        defined<NonNullable<TextClip['animations']>>({
          in: readAnimation(fields, 'in_animation', knower(state.options, ['text-intro'])),
          out: readAnimation(fields, 'out_animation', knower(state.options, ['text-outro'])),
          loop: readAnimation(fields, 'loop_animation', knower(state.options, ['text-loop'])),
        }),
      ),
    });
    state.builder.addClip(track, clip, fields.path);
    fields.finish();
    return [clip];
  });
}

/** A name, or an id in digits. */
function reference(text: string): { name: string } | { id: string } {
  return /^\d+$/.test(text) ? { id: text } : { name: text };
}

const aligns = ['left', 'center', 'right', 'center', 'left', 'right'] as const;

function readStyle(body: Fields): Style {
  const code = body.number('alignment') ?? 1;
  const align = aligns[code];
  if (align === undefined) body.complain('must be a whole number from 0 to 5', code, 'alignment');
  const border = colorOf(body, 'border_color', undefined);
  const opacity = body.number('alpha');
  const font = body.text('font');
  const [letters, lines] = [body.number('letter_spacing'), body.number('line_spacing')].map((value) =>
    Math.trunc(value ?? 0),
  );
  return defined<Style>({
    size: body.positive('font_size') ?? 15,
    color: colorOf(body, 'text_color', '#ffffff'),
    opacity: opacity === undefined || opacity === 1 ? undefined : opacity,
    align: align ?? 'center',
    vertical: code >= 3 ? true : undefined,
    bold: body.flag('bold') || undefined,
    italic: body.flag('italic') || undefined,
    underline: body.flag('underline') || undefined,
    font: font === undefined ? undefined : { name: font },
    letterSpacing: letters || undefined,
    lineSpacing: lines || undefined,
    border: border === undefined ? undefined : { color: border, width: 40 },
    shadow: readShadow(body, 'has_shadow', 'shadow_info'),
    autoWrap: true,
  });
}

/** Without details the shadow is a little transparent, with them it is not. */
function readShadow(fields: Fields, switchKey: string, detailsKey: string): Style['shadow'] {
  const isOn = fields.flag(switchKey) === true;
  const details = fields.object(detailsKey);
  const opacity = details.number('shadow_alpha');
  const given = ['shadow_alpha', 'shadow_color', 'shadow_diffuse', 'shadow_distance', 'shadow_angle'].some(
    (key) => details.has(key),
  );
  const shadow = {
    color: colorOf(details, 'shadow_color', '#000000') ?? '#000000',
    opacity: opacity ?? (given ? 1 : 0.9),
    diffuse: details.number('shadow_diffuse') ?? 15,
    distance: details.number('shadow_distance') ?? 5,
    angle: details.number('shadow_angle') ?? -45,
  };
  return isOn ? shadow : undefined;
}

/** A colour, or what the tool takes instead of one that it cannot read. */
function colorOf(fields: Fields, key: string, fallback: string | undefined): string | undefined {
  const text = fields.text(key);
  if (text === undefined || text.trim() === '') return fallback;
  const color = readColor(text);
  if (color === undefined) {
    const instead = fallback === undefined ? 'left out' : `replaced by ${fallback}`;
    fields.warn(
      'DR166',
      `${fields.place}.${key} = ${JSON.stringify(text)} is no colour, ${instead}`,
      {},
      key,
    );
  }
  return color ?? fallback;
}

function readKeywords(fields: Fields, text: string, base: Style): KeywordRange[] {
  const keyword = fields.text('keyword') ?? '';
  const color = colorOf(fields, 'keyword_color', '#ff7100');
  const border = colorOf(fields, 'keyword_border_color', undefined);
  const font = fields.text('keyword_font');
  const size = fields.number('keyword_font_size') ?? 0;
  const style = defined<RangeStyle>({
    color,
    border: border === undefined ? undefined : { ...base.border, color: border },
    font: font === undefined ? undefined : { name: font },
    size: size > 0 ? size : undefined,
    shadow: readShadow(fields, 'keyword_has_shadow', 'keyword_shadow_info'),
  });
  const parts = findKeywords(text, keyword);
  if (keyword.trim() !== '' && parts.length === 0) {
    fields.warn(
      'DR161',
      `${fields.place}.keyword: ${JSON.stringify(keyword)} is not in the text`,
      {},
      'keyword',
    );
  }
  return parts.map(({ start, end }) => ({ start, end, style }));
}

/** Decorative letters bring their own colours; the tool takes back what was asked for. */
function undecorated(style: Style, fields: Fields): Style {
  const { border, shadow, color, ...rest } = style;
  if (border !== undefined || shadow !== undefined || color?.toString().toLowerCase() !== '#ffffff')
    giveWay('colour, border and shadow', fields);
  return rest;
}

function unshadowed(range: KeywordRange, fields: Fields): KeywordRange {
  const { shadow, ...style } = range.style;
  if (shadow === undefined) return range;
  giveWay('shadows of keywords', fields);
  return { ...range, style };
}

function giveWay(what: string, fields: Fields): void {
  fields.warn(
    'DR166',
    `${fields.place}: ${what} give way to the decorative style, as in the tool`,
    {},
    'text_effect',
  );
}
