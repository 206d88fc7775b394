// Taking a text apart into characters is slow, and captions are many. Nearly all of them are made of what is here, where
// each UTF-16 unit is a character of its own.
const plain =
  /^[\n\x20-\x7E\u2010-\u2027\u3000-\u3029\u3041-\u3096\u309B-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF60]*$/;

/** Whether each UTF-16 unit of a text is one character, and none of them is invisible but line ends. */
export function isPlain(text: string): boolean {
  return plain.test(text);
}

/** Whether a unit of a plain text is CJK, which is as wide as high. */
export function isPlainCjk(code: number): boolean {
  return code >= 0x3000;
}
