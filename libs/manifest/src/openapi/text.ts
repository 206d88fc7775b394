/** Text of at most `limit` characters; a longer one ends with `…`. */
export function clip(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit
    ? text
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

/** `draft_id` → `Draft id`, for a field that nobody described. */
export function humanise(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Sentences one after the other, with exactly one full stop between them: that of the language it stands in. */
export function joinSentences(...sentences: (string | undefined)[]): string {
  const parts = sentences.map((text) => text?.trim()).filter((text) => text !== undefined && text !== '');
  return parts.reduce<string>((all, next) => {
    if (all === '') return next!;
    const isChinese = /[\p{Script=Han}。！？：；”）]$/u.test(all);
    const stop = /[.!?。！？：:;；]$/.test(all) ? '' : isChinese ? '。' : '.';
    return `${all}${stop}${isChinese ? '' : ' '}${next}`;
  }, '');
}
