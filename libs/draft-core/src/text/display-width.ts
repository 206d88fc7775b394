import { isPlain, isPlainCjk } from './plain.ts';

// CJK characters and emoji are twice as wide as others. The few ranges below are good enough for labels and estimates,
// where a table of all of Unicode would be larger than what uses it.
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1B000}-\u{1B2FF}\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]/u;
const emoji = /\p{Emoji_Presentation}|\uFE0F|\p{Regional_Indicator}{2}/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

const LINE_END = 0x0a;

/** Whether a character is one of those that CJK writing is made of. */
export function isCjk(grapheme: string): boolean {
  return wide.test(grapheme);
}

/** Whether a character takes no room of its own. */
export function isInvisible(grapheme: string): boolean {
  return invisible.test(grapheme);
}

/** Cuts a text into what people see as characters. */
export function graphemesOf(text: string): string[] {
  return Array.from(segments(text), ({ segment }) => segment);
}

let segmenter: Intl.Segmenter | undefined;

// Making one is slow, and most texts need none.
function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** Columns that a text takes in a terminal: two for a wide character, one for others; half of that is a width in em. */
export function displayWidth(text: string): number {
  let width = 0;
  if (isPlain(text)) {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      width += isPlainCjk(code) ? 2 : code === LINE_END ? 0 : 1;
    }
    return width;
  }
  for (const { segment } of segments(text)) width += graphemeWidth(segment);
  return width;
}

/** Cuts a text to a number of columns, with `…` where something is missing, and fills it up with blanks. */
export function fitColumns(text: string, columns: number): string {
  const width = displayWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  let kept = '';
  let used = 0;
  for (const { segment } of segments(text)) {
    const next = used + graphemeWidth(segment);
    if (next > columns - 1) break;
    kept += segment;
    used = next;
  }
  return columns === 0 ? '' : `${kept}…${' '.repeat(columns - used - 1)}`;
}

function graphemeWidth(grapheme: string): number {
  if (isInvisible(grapheme)) return 0;
  return isCjk(grapheme) || emoji.test(grapheme) ? 2 : 1;
}
