/** What JavaScript regular expressions have and the engine of Coze (RE2) does not, or reads otherwise. */
const NOT_IN_RE2 = [
  /\(\?[=!<]/, // lookaround and named groups
  /\\[1-9ku]/, // back references and \u escapes
  /\\c[A-Za-z]/,
  /\[\^?\]/, // empty classes
  /\[\[:/, // would be a POSIX class
  /\\[pP]\{[^}]*=/, // \p{Script=Han}
  /\\[pP]\{[A-Z]?[a-z]{2,}/, // long names of categories
];

/** Whether a pattern means the same to RE2 as to JavaScript. */
export function isRe2(pattern: string): boolean {
  if (NOT_IN_RE2.some((part) => part.test(pattern))) return false;
  const repeats = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, from, to]) => [from, to]);
  return repeats.every((count) => Number(count ?? 0) <= 1000);
}
