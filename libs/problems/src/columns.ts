/** Characters of Chinese, Japanese and Korean with their punctuation, and emoji: twice as wide as others. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/gu;

/** Columns of a terminal that a text takes. */
export function columnsOf(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0;
  return [...text].length + wide;
}
