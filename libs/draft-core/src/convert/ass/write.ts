import type { CueStyle, RangeStyle } from '../subtitles/cue.ts';
import {
  clockText,
  type ExportCue,
  hexOf,
  type Losses,
  ROWS,
  styledParts,
} from '../subtitles/export-cues.ts';
import { tidy } from '../values.ts';
import { numpadCode } from './alignment.ts';
import { writeAssColor } from './color.ts';
import type { PlayRes } from './overrides.ts';

const STYLE_FORMAT =
  'Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding';

/** Writes captions as Advanced SubStation Alpha; positions and sizes are counted in pixels of the canvas. */
export function writeAss(cues: readonly ExportCue[], name: string, canvas: PlayRes, losses: Losses): string {
  const styles = new Map<string, string>();
  const events = cues.map((cue) => {
    const row = styleRow(cue, canvas, losses);
    if (!styles.has(row)) styles.set(row, styles.size === 0 ? 'Default' : `Style ${styles.size + 1}`);
    if (cue.startUs % 10_000 !== 0 || cue.endUs % 10_000 !== 0)
      losses.cue(cue, 'the times beyond hundredths of a second', true);
    const [start, end] = [cue.startUs, cue.endUs].map((us) => clockText(us, '.', 2).replace(/^0(?=\d:)/, ''));
    return `Dialogue: ${cue.lane},${start},${end},${styles.get(row)},,0,0,0,,${placeOf(cue, canvas)}${styled(cue, canvas, losses)}`;
  });
  return [
    '[Script Info]',
    `Title: ${name.replace(/[\r\n]+/g, ' ')}`,
    'ScriptType: v4.00+',
    `PlayResX: ${canvas.width}`,
    `PlayResY: ${canvas.height}`,
    // The kinds differ in whether lines are broken; the first caption decides.
    `WrapStyle: ${cues[0]?.style.autoWrap === false ? 2 : 0}`,
    '',
    '[V4+ Styles]',
    `Format: ${STYLE_FORMAT}`,
    ...[...styles].map(([row, label]) => `Style: ${label},${row}`),
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events,
    '',
  ].join('\n');
}

/** Whether the place is none of the nine that an alignment names. */
function isFree({ transform: { x = 0, y = 0 } }: ExportCue): boolean {
  return x !== 0 || !ROWS.includes(y);
}

function placeOf(cue: ExportCue, { width, height }: PlayRes): string {
  const { x = 0, y = 0 } = cue.transform;
  return isFree(cue) ? `{\\pos(${round(((x + 1) / 2) * width)},${round(((1 - y) / 2) * height)})}` : '';
}

function round(value: number): number {
  return Number(value.toFixed(4));
}

function styleRow(cue: ExportCue, canvas: PlayRes, losses: Losses): string {
  const { style, transform } = cue;
  const { align = 'center', border, background, shadow, size = 8 } = style;
  for (const key of ['vertical', 'maxLineWidth'] as const) losses.cue(cue, `style.${key}`, style[key]);
  losses.cue(cue, 'the width of the border', border?.width);
  for (const key of ['diffuse', 'distance', 'angle'] as const)
    losses.cue(cue, `shadow.${key}`, shadow?.[key]);
  if (background !== undefined && Object.keys(background).some((key) => key !== 'color' && key !== 'opacity'))
    losses.cue(cue, 'the form of the background', true);
  const isBox = background !== undefined;
  if (isBox) losses.cue(cue, 'the border behind a background', border);
  if (isBox) losses.cue(cue, 'the shadow behind a background', shadow);
  const flag = (value: boolean | undefined): number => (value === true ? -1 : 0);
  // A free position is that of the middle.
  const code = numpadCode({ align, y: isFree(cue) ? 0 : (transform.y ?? 0) });
  return [
    'Arial',
    round((size * canvas.height) / 100),
    colorText(style.color ?? '#FFFFFF', style.opacity),
    '&H000000FF',
    isBox
      ? colorText(background.color, background.opacity)
      : colorText(border?.color ?? '#000000', border?.opacity),
    colorText(shadow?.color ?? '#000000', shadow?.opacity),
    ...[flag(style.bold), flag(style.italic), flag(style.underline), 0, 100, 100, 0],
    tidy(0 - (transform.rotation ?? 0)),
    isBox ? 3 : 1,
    border === undefined ? 0 : 2,
    shadow === undefined || isBox ? 0 : 2,
    ...[code, 0, 0, 0, 1],
  ].join(',');
}

function colorText(color: NonNullable<CueStyle['color']>, opacity = 1): string {
  return writeAssColor(hexOf(color), opacity);
}

function styled(cue: ExportCue, canvas: PlayRes, losses: Losses): string {
  if (/[{}]|\\[Nnh]/.test(cue.text)) losses.cue(cue, 'braces and backslashes', true);
  return styledParts(cue)
    .map(({ text, style }) => {
      const clean = text
        .replaceAll('{', '\uFF5B')
        .replaceAll('}', '\uFF5D')
        .replace(/\\(?=[Nnh])/g, '\\\u2060')
        .replaceAll('\n', '\\N')
        .replaceAll('\u00A0', '\\h');
      const tags = tagsOf(style, canvas);
      return tags === '' ? clean : `{${tags}}${clean}{\\r}`;
    })
    .join('');
}

function tagsOf(style: RangeStyle, canvas: PlayRes): string {
  const flag = (name: string, value: boolean | undefined): string =>
    value === undefined ? '' : `\\${name}${value ? 1 : 0}`;
  const color = (name: string, value: RangeStyle['color']): string =>
    value === undefined ? '' : `\\${name}&H${writeAssColor(hexOf(value), 1).slice(4)}&`;
  const alpha =
    style.opacity === undefined ? '' : `\\1a${writeAssColor('#000000', style.opacity).slice(0, 4)}&`;
  const size = style.size === undefined ? '' : `\\fs${round((style.size * canvas.height) / 100)}`;
  return [
    flag('b', style.bold),
    flag('i', style.italic),
    flag('u', style.underline),
    color('1c', style.color),
    color('3c', style.border?.color),
    alpha,
    size,
  ].join('');
}
