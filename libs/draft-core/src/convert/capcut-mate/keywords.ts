/**
 * All places of the words of `a|b` in a text, in UTF-16 units and in order. Longer words come first, and no two places
 * overlap.
 */
export function findKeywords(text: string, keywords: string): { start: number; end: number }[] {
  const words = [...new Set(keywords.split('|').map((word) => word.trim()))]
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length);
  const taken = new Uint8Array(text.length);
  const found: { start: number; end: number }[] = [];
  for (const word of words) {
    let at = text.indexOf(word);
    while (at >= 0) {
      const end = at + word.length;
      const isFree = taken[at] === 0 && taken[end - 1] === 0;
      if (isFree) {
        taken.fill(1, at, end);
        found.push({ start: at, end });
      }
      at = text.indexOf(word, isFree ? end : at + 1);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
