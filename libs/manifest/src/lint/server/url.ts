/**
 * Host of an absolute address as Go reads it; nothing when there is none or the text is no address. Go takes any
 * scheme, and refuses braces, spaces and other marks in a host.
 */
export function hostOf(url: string): string | undefined {
  if (!isUrl(url)) return undefined;
  const authority =
    /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(url)?.[1] ?? /^\/\/([^/?#]*)/.exec(url)?.[1];
  if (authority === undefined || authority === '') return undefined;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const name = /^\[[0-9A-Fa-f:.%]+\](?=:\d*$|$)/.exec(host)?.[0] ?? host.replace(/:\d*$/, '');
  return name === '' ? host : name;
}

/** Whether Go's `url.Parse` takes a text. */
export function isUrl(url: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (/[\x00-\x1f\x7f]/.test(url)) return false;
  const scheme = /^([^/?#]*?):/.exec(url)?.[1];
  if (scheme !== undefined) {
    if (scheme === '') return false;
    const isScheme = /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme);
    // A first part with a colon that is no scheme cannot be a path.
    if (!isScheme) return false;
  }
  const authority = /^(?:[A-Za-z][A-Za-z0-9+.-]*:)?\/\/([^/?#]*)/.exec(url)?.[1];
  if (authority !== undefined && !isAuthority(authority)) return false;
  return !/%(?![0-9A-Fa-f]{2})/.test(url.split('?')[0]!);
}

function isAuthority(authority: string): boolean {
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (host.startsWith('[')) return /^\[[^\]]*\](:\d*)?$/.test(host);
  const colon = host.indexOf(':');
  if (colon !== -1 && !/^\d*$/.test(host.slice(colon + 1))) return false;
  return !/[\s{}|\\^`#?/@%]/.test(host) || /^[^\s{}|\\^`#?/@]*$/.test(host.replace(/%[0-9A-Fa-f]{2}/g, ''));
}

/** Scheme of an address, in small letters. */
export function schemeOf(url: string): string {
  return (/^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1] ?? '').toLowerCase();
}
