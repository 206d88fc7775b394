import { graphemesOf, isCjk, isInvisible } from './display-width.ts';
import { isPlain, isPlainCjk } from './plain.ts';

/** How many characters people see in a text, without blanks, and how many of them are CJK. */
export interface CharacterCount {
  visible: number;
  cjk: number;
}

const blank = /^\s+$/;
const SPACE = 0x20;
const WIDE_SPACE = 0x3000;

/** Counts the characters of a text as people see them. */
export function countCharacters(text: string): CharacterCount {
  let visible = 0;
  let cjk = 0;
  if (isPlain(text)) {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code <= SPACE || code === WIDE_SPACE) continue;
      visible++;
      if (isPlainCjk(code)) cjk++;
    }
  } else {
    for (const character of graphemesOf(text)) {
      if (blank.test(character) || isInvisible(character)) continue;
      visible++;
      if (isCjk(character)) cjk++;
    }
  }
  return { visible, cjk };
}

/** Whether a text has no line end, not even at its ends. */
export function isOneLine(text: string): boolean {
  return !/[\n\r\u2028]/.test(text);
}

/** The lines of a text as they are written, without empty ones at its ends. */
export function linesOf(text: string): string[] {
  return text.trim().split(/\r\n|[\n\r\u2028]/);
}
