import { createHmac } from 'node:crypto';
import { isSameSecret } from './bearer.ts';

/** Makes addresses that open one thing for some time, for whoever has them. */
export interface UrlSigner {
  /** @param path - Path of the thing, without a query. @returns the path with the query that opens it. */
  sign(path: string, lifetimeMs: number): string;
  /** Whether a query opens a path now. */
  verify(path: string, query: Readonly<Record<string, unknown>>): boolean;
}

/**
 * Makes a signer.
 *
 * @param key - At least 32 random bytes that all processes share.
 * @param now - Unix time in milliseconds.
 */
export function createUrlSigner(key: Uint8Array, now: () => number): UrlSigner {
  const signature = (path: string, expires: string) =>
    createHmac('sha256', key).update(`${expires}\n${path}`).digest('base64url');
  return {
    sign(path, lifetimeMs) {
      const expires = String(now() + lifetimeMs);
      return `${path}?expires=${expires}&signature=${signature(path, expires)}`;
    },
    verify(path, { expires, signature: given }) {
      if (typeof expires !== 'string' || typeof given !== 'string' || !/^\d{1,16}$/.test(expires))
        return false;
      return isSameSecret(given, signature(path, expires)) && Number(expires) > now();
    },
  };
}
