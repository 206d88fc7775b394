import { graphemesOf, isCjk, isInvisible } from './display-width.ts';

/** How many characters people see in a text, without blanks, and whether more than half of them are CJK. */
export interface CharacterCount {
  visible: number;
  isCjk: boolean;
}

// Texts of these alone have one character for each UTF-16 unit. Taking a text apart is slow, and captions are many.
const plain =
  /^[\n\x20-\x7E\u2010-\u2027\u3000-\u3029\u3041-\u3096\u309B-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF60]*$/;
const blank = /^\s+$/;

/** Counts the characters of a text as people see them. */
export function countCharacters(text: string): CharacterCount {
  let visible = 0;
  let cjk = 0;
  for (const character of plain.test(text) ? text : graphemesOf(text)) {
    if (blank.test(character) || isInvisible(character)) continue;
    visible++;
    if (isCjk(character)) cjk++;
  }
  return { visible, isCjk: cjk > visible / 2 };
}

/** The lines of a text as they are written, without empty ones at its ends. */
export function linesOf(text: string): string[] {
  return text.trim().split(/\r\n|[\n\r\u2028]/);
}
