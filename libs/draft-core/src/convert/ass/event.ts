import type { Cue, CueStyle, RangeStyle } from '../subtitles/cue.ts';
import { type Karaoke, withWords } from '../subtitles/karaoke.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { StyledText } from '../subtitles/styled-text.ts';
import { defined } from '../values.ts';
import { OverrideReader, type PlayRes } from './overrides.ts';
import type { Entry } from './script.ts';
import { type AssStyle, defaultStyle } from './styles.ts';

/** What the events of a file have in common. */
export interface EventContext {
  playRes: PlayRes;
  styles: ReadonlyMap<string, AssStyle>;
  /** Whether only `\N` breaks lines. */
  wraps: boolean;
  karaoke: Karaoke | undefined;
  /** Time factor of the file. */
  stretch: number;
  /** Reads a time of an event; tells what is wrong with it. */
  time(text: string, line: number): number | undefined;
}

/** Reads a `Dialogue:` line as one cue, or as one for each word of karaoke. */
export function readEvent(
  { line, columns }: Entry,
  context: EventContext,
  findings: LineFindings,
): (Cue & { line: number })[] {
  const startUs = context.time(columns.get('start') ?? '', line);
  const endUs = context.time(columns.get('end') ?? '', line);
  const base = styleOf(columns.get('style') ?? '', line, context, findings);
  for (const column of ['name', 'actor', 'effect']) {
    if ((columns.get(column) ?? '') !== '') findings.dropped(line, `the column ${column} of an event`);
  }
  if (['marginl', 'marginr', 'marginv'].some((name) => Number(columns.get(name) ?? 0) !== 0)) {
    findings.dropped(line, 'the margins of an event');
  }
  const read = readText(columns.get('text') ?? '', line, base, context, findings);
  if (startUs === undefined || endUs === undefined || read === undefined) return [];
  const { words, ...look } = read;
  const cue = { startUs, endUs, ...look, line };
  const timed = words.map((word) => ({
    ...word,
    startUs: Math.round(startUs + word.startUs * context.stretch),
    endUs: Math.round(startUs + word.endUs * context.stretch),
  }));
  return withWords(cue, timed, context.karaoke, findings);
}

function styleOf(
  name: string,
  line: number,
  { styles, playRes }: EventContext,
  findings: LineFindings,
): AssStyle {
  const wanted = name.replace(/^\*+/, '').trim();
  const style = styles.get(wanted.toLowerCase());
  if (style !== undefined) return style;
  const fallback = styles.get('default') ?? styles.values().next().value;
  if (styles.size > 0)
    findings.warn('DR166', line, `there is no style ${JSON.stringify(wanted)}, the default is taken`);
  return fallback ?? defaultStyle(playRes);
}

function readText(
  text: string,
  line: number,
  base: AssStyle,
  { playRes, styles, wraps }: EventContext,
  findings: LineFindings,
): (Pick<Cue, 'text' | 'ranges' | 'style' | 'transform'> & { words: OverrideReader['words'] }) | undefined {
  const styled = new StyledText();
  const overrides = new OverrideReader(playRes, findings, base.style, (name) => {
    const other = styles.get(name.toLowerCase());
    return other === undefined ? undefined : difference(other.style, base.style);
  });
  let end = 0;
  const add = (part: string): void => {
    if (!overrides.isDrawing) styled.add(plain(part, wraps), overrides.style);
    else if (part.trim() !== '') findings.dropped(line, 'a drawing');
  };
  for (const match of text.matchAll(/\{([^{}]*)\}/g)) {
    add(text.slice(end, match.index));
    end = match.index + match[0].length;
    // Braces without a backslash hold a comment.
    if (match[1]!.includes('\\')) overrides.read(match[1]!, line, styled.length);
  }
  const rest = text.slice(end);
  if (/\{\\[^}]*$/.test(rest)) {
    findings.malformed(line, 'an override block is never closed: "}" is missing');
    return undefined;
  }
  add(rest);
  overrides.finish(styled.length);
  const { ranges, words, ...result } = styled.finish(overrides.words);
  return {
    text: result.text,
    ranges,
    words,
    style: { ...base.style, ...overrides.cueStyle },
    ...defined({ transform: { ...base.transform, ...overrides.transform } }),
  };
}

function plain(text: string, wraps: boolean): string {
  return text.replace(/\\([Nnh])/g, (_, sign: string) =>
    sign === 'N' || (sign === 'n' && !wraps) ? '\n' : sign === 'h' ? '\u00A0' : ' ',
  );
}

/** Keys of a part that another style sets. */
function difference(style: CueStyle, base: CueStyle): RangeStyle {
  const neutral = { bold: false, italic: false, underline: false, opacity: 1, color: '#FFFFFF' };
  const result: Record<string, unknown> = {};
  for (const key of ['size', 'bold', 'italic', 'underline', 'color', 'opacity', 'border'] as const) {
    const value = style[key] ?? (neutral as Partial<CueStyle>)[key];
    const other = base[key] ?? (neutral as Partial<CueStyle>)[key];
    if (value !== undefined && JSON.stringify(value) !== JSON.stringify(other)) result[key] = value;
  }
  return result as RangeStyle;
}
