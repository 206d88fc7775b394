const MAX_CHARACTERS = 120;

/**
 * A name to show for an address or a path: its last part, decoded, without anything that could pass for a path,
 * break a line or turn the direction of writing.
 *
 * @param source - Path, or `pathname` of a URL when `encoded`.
 */
export function displayName(source: string, options: { encoded: boolean }): string {
  const last = source.split(options.encoded ? '/' : /[\\/]/).findLast((part) => part !== '') ?? '';
  const clean = (options.encoded ? decode(last) : last)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return shorten(clean) || 'media';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Cuts the middle out of a long name so that its extension stays. */
function shorten(name: string): string {
  const characters = [...name];
  if (characters.length <= MAX_CHARACTERS) return name;
  const extension = [...(/\.[^.]{1,8}$/u.exec(name)?.[0] ?? '')];
  return [...characters.slice(0, MAX_CHARACTERS - extension.length), ...extension].join('');
}
