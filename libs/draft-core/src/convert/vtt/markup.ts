import { ownValue } from '../../own-value.ts';
import { type ClockForm, readClock } from '../subtitles/clock.ts';
import type { Cue, RangeStyle, TimedWord } from '../subtitles/cue.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { StyledText } from '../subtitles/styled-text.ts';

const piece = /<(\/?)([a-z]*)((?:\.[^\s<>.]+)*)(?:[ \t]+([^<>]*))?>|<([\d:.,]+)>/gi;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
  quot: '"',
  apos: "'",
};
const styles: Readonly<Record<string, RangeStyle>> = {
  b: { bold: true },
  i: { italic: true },
  u: { underline: true },
};
/** Classes that every player knows without a style sheet. */
const colors: Readonly<Record<string, string>> = {
  white: '#FFFFFF',
  lime: '#00FF00',
  cyan: '#00FFFF',
  red: '#FF0000',
  yellow: '#FFFF00',
  magenta: '#FF00FF',
  blue: '#0000FF',
  black: '#000000',
};
const known = new Set(['b', 'i', 'u', 'c', 'v', 'lang', 'ruby', 'rt']);

interface OpenTag {
  name: string;
  style: RangeStyle;
  line: number;
}

/** Reads the text of a cue: tags become ranges, times inside of it words. */
export function readMarkup(
  lines: readonly string[],
  firstLine: number,
  cue: { startUs: number | undefined; endUs: number | undefined },
  form: ClockForm,
  findings: LineFindings,
): Pick<Cue, 'text' | 'ranges'> & { words: TimedWord[] } {
  const styled = new StyledText();
  const open: OpenTag[] = [];
  const words: TimedWord[] = [];
  const endWord = (us: number): void => {
    const last = words.at(-1);
    if (last === undefined) return;
    last.end = styled.length;
    last.endUs = us;
  };
  const add = (text: string): void => {
    styled.add(decodeEntities(text), Object.assign({}, ...open.map(({ style }) => style)));
  };
  for (const [at, line] of lines.entries()) {
    const number = firstLine + at;
    if (at > 0) add('\n');
    let end = 0;
    for (const match of line.matchAll(piece)) {
      const [whole, slash, rawName = '', classes = '', annotation = '', time] = match;
      const name = rawName.toLowerCase();
      const isTag = time !== undefined || known.has(name) || (slash === '/' && name === '');
      add(line.slice(end, match.index));
      end = match.index + whole.length;
      if (!isTag) findings.dropped(number, `the tag ${whole}`);
      else if (time !== undefined) {
        const us = readClock(time, number, form, findings);
        if (us === undefined) continue;
        endWord(us);
        words.push({ startUs: us, endUs: cue.endUs ?? us, start: styled.length, end: styled.length });
      } else if (slash === '/') closeTag(name, number, open, findings);
      else open.push({ name, style: styleOf(name, classes, annotation, number, findings), line: number });
    }
    add(line.slice(end));
  }
  endWord(cue.endUs ?? 0);
  // A voice may be left open, it goes to the end of its cue.
  for (const { name, line } of open) {
    if (name !== 'v')
      findings.readAs(line, `<${name}> is never closed, read as if it went to the end of the cue`);
  }
  return styled.finish(words);
}

function closeTag(name: string, line: number, open: OpenTag[], findings: LineFindings): void {
  const at = open.findLastIndex((one) => one.name === name);
  if (at >= 0) open.splice(at, 1);
  else findings.readAs(line, `</${name}> closes nothing, skipped`);
}

function styleOf(
  name: string,
  classes: string,
  annotation: string,
  line: number,
  findings: LineFindings,
): RangeStyle {
  const style: RangeStyle = { ...ownValue(styles, name) };
  for (const one of classes.split('.').filter((part) => part !== '')) {
    const color = ownValue(colors, one.toLowerCase());
    if (color === undefined) findings.dropped(line, `the class ${one}`);
    else style.color = color;
  }
  if (name === 'v' && annotation.trim() !== '')
    findings.dropped(line, `the voice ${JSON.stringify(annotation.trim())}`);
  return style;
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ownValue(entities, (name as string).toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}
