import { createHmac } from 'node:crypto';
import { isSameSecret } from './bearer.ts';

/** Makes addresses that open one thing for some time, for whoever has them. */
export interface UrlSigner {
  /** @param path - Path of the thing, without a query. @returns the path with the query that opens it. */
  sign(path: string, lifetimeMs: number): string;
  /** Whether a query opens a path now. */
  verify(path: string, query: Readonly<Record<string, unknown>>): boolean;
  /**
   * @param folder - Path of a folder, without `/` at its end.
   * @returns one segment of a path that opens what is in the folder. In front of the names that lie there it lets names that
   * are relative to each other stay so, which a query does not.
   */
  pass(folder: string, lifetimeMs: number): string;
  /** Whether a pass opens a folder now. */
  admits(folder: string, pass: string): boolean;
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
  const opens = (path: string, expires: unknown, given: unknown) =>
    typeof expires === 'string' &&
    typeof given === 'string' &&
    /^\d{1,16}$/.test(expires) &&
    isSameSecret(given, signature(path, expires)) &&
    Number(expires) > now();
  return {
    sign(path, lifetimeMs) {
      const expires = String(now() + lifetimeMs);
      return `${path}?expires=${expires}&signature=${signature(path, expires)}`;
    },
    verify: (path, query) => opens(path, query.expires, query.signature),
    pass(folder, lifetimeMs) {
      const expires = String(now() + lifetimeMs);
      return `${expires}.${signature(`${folder}/`, expires)}`;
    },
    admits(folder, pass) {
      const [expires, given, ...more] = pass.split('.');
      return more.length === 0 && opens(`${folder}/`, expires, given);
    },
  };
}
