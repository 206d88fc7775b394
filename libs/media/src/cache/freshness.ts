/** What an answer says about using it again. */
export interface Validity {
  /** Whether it may be kept at all. */
  stored: boolean;
  /** Unix time in milliseconds up to which nobody needs to be asked; in the past when that must be done each time. */
  expiresAtMs: number;
  etag?: string;
  lastModified?: string;
}

/**
 * Reads the headers for caches (RFC 9111). What is marked `private` is kept as well: a request carries nothing that
 * tells people apart but its address, and the address is the key. Nothing is guessed: without a word from the host
 * the address is asked again each time.
 */
export function readValidity(headers: Headers, nowMs: number): Validity {
  const control = headers.get('cache-control') ?? '';
  const has = (directive: string) => new RegExp(`(?:^|[,\\s])${directive}(?:$|[,\\s=])`, 'i').test(control);
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  return {
    stored: !has('no-store') && !/(?:^|[,\s])\*/.test(headers.get('vary') ?? ''),
    expiresAtMs: has('no-cache') ? 0 : nowMs + freshForMs(headers, control, nowMs),
    ...(etag === null ? {} : { etag }),
    ...(lastModified === null ? {} : { lastModified }),
  };
}

function freshForMs(headers: Headers, control: string, nowMs: number): number {
  const maxAge = /(?:^|[,\s])max-age\s*=\s*"?(\d{1,10})/i.exec(control)?.[1];
  if (maxAge !== undefined) {
    const age = Number(/^\s*(\d{1,10})\s*$/.exec(headers.get('age') ?? '')?.[1] ?? 0);
    return (Number(maxAge) - age) * 1000;
  }
  const expires = Date.parse(headers.get('expires') ?? '');
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(expires) ? 0 : expires - (Number.isNaN(sent) ? nowMs : sent);
}

/**
 * What the rest of an answer can be asked with: a strong `ETag`, or a `Last-Modified` that is old enough for no
 * second change in the same second. Nothing when the answer cannot be continued.
 */
export function resumeValidator(headers: Headers): string | undefined {
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity' || headers.get('accept-ranges') === 'none') return undefined;
  const etag = headers.get('etag');
  if (etag !== null) return etag.startsWith('"') ? etag : undefined;
  const modified = headers.get('last-modified');
  if (modified === null) return undefined;
  return Date.parse(headers.get('date') ?? '') - Date.parse(modified) >= 1000 ? modified : undefined;
}
