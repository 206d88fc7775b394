import type { CueStyle, CueTransform } from '../subtitles/cue.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { defined, tidy } from '../values.ts';
import { legacyPlace, numpadPlace } from './alignment.ts';
import { readAssColor } from './color.ts';
import type { PlayRes } from './overrides.ts';

/** A named style of the file. */
export interface AssStyle {
  style: CueStyle;
  transform: CueTransform;
}

/** Columns of one line, by lower-case name. */
export type Columns = ReadonlyMap<string, string>;

/** What a file without styles looks like. */
export function defaultStyle(playRes: PlayRes): AssStyle {
  return { style: { size: tidy((18 * 100) / playRes.height), align: 'center' }, transform: { y: -0.8 } };
}

/** Reads a `Style:` line. */
export function readStyle(
  columns: Columns,
  isOld: boolean,
  playRes: PlayRes,
  line: number,
  findings: LineFindings,
): AssStyle {
  const number = (name: string): number | undefined => {
    const text = columns.get(name);
    const value = text === undefined || text === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : undefined;
  };
  const flag = (name: string): true | undefined => ((number(name) ?? 0) !== 0 ? true : undefined);
  const color = (name: string) => {
    const text = columns.get(name);
    if (text === undefined) return undefined;
    const read = readAssColor(text);
    if (read === undefined)
      findings.malformed(line, `expected a colour such as &H00FFFFFF (got ${JSON.stringify(text)})`);
    return read;
  };
  const size = number('fontsize') ?? 18;
  const primary = color('primarycolour');
  const outline = color(columns.has('outlinecolour') ? 'outlinecolour' : 'tertiarycolour');
  const back = color('backcolour');
  const isBox = number('borderstyle') === 3;
  const code = number('alignment') ?? 2;
  const place = (isOld ? legacyPlace(code) : numpadPlace(code)) ?? { align: 'center' as const, y: -0.8 };
  reportLost(columns, number, line, findings);
  const angle = number('angle') ?? 0;
  return {
    style: defined<CueStyle>({
      size: tidy((size * 100) / playRes.height),
      align: place.align,
      bold: flag('bold'),
      italic: flag('italic'),
      underline: flag('underline'),
      vertical: columns.get('fontname')?.startsWith('@') === true ? true : undefined,
      color: primary?.color,
      opacity: primary === undefined || primary.opacity === 1 ? undefined : primary.opacity,
      border:
        !isBox && outline !== undefined && (number('outline') ?? 0) > 0 ? withOpacity(outline) : undefined,
      background: isBox && outline !== undefined ? withOpacity(outline) : undefined,
      shadow: !isBox && back !== undefined && (number('shadow') ?? 0) > 0 ? withOpacity(back) : undefined,
    }),
    transform: defined({ y: place.y, rotation: angle === 0 ? undefined : tidy(0 - angle) }),
  };
}

function withOpacity({ color, opacity }: { color: string; opacity: number }): {
  color: string;
  opacity?: number;
} {
  return opacity === 1 ? { color } : { color, opacity };
}

function reportLost(
  columns: Columns,
  number: (name: string) => number | undefined,
  line: number,
  findings: LineFindings,
): void {
  const font = columns.get('fontname')?.replace(/^@/, '') ?? '';
  // Names of fonts are those of a machine; the app has its own, by other names.
  if (font !== '') findings.dropped(line, `the font ${JSON.stringify(font)}`);
  const widths = ['outline', 'shadow'].filter((name) => (number(name) ?? 0) > 0);
  if (widths.length > 0) findings.dropped(line, `the width in pixels of ${widths.join(' and ')}`);
  for (const name of ['scalex', 'scaley']) if ((number(name) ?? 100) !== 100) findings.dropped(line, name);
  for (const name of ['spacing', 'strikeout']) if ((number(name) ?? 0) !== 0) findings.dropped(line, name);
  if (['marginl', 'marginr', 'marginv'].some((name) => (number(name) ?? 0) !== 0))
    findings.dropped(line, 'the margins of a style');
}
