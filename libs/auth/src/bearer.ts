import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller, TokenCheck } from './caller.ts';

/** A token that was chosen by the operator of the server. */
export interface SharedToken extends Caller {
  token: string;
}

/**
 * Makes a check for tokens that are known beforehand. It takes the same time for every wrong one: hashes of equal
 * length are compared, and always all of them.
 */
export function createSharedTokenCheck(tokens: readonly SharedToken[]): TokenCheck {
  const known = tokens.map(({ token, ...caller }) => ({ caller, hash: sha256(token) }));
  return async (token) => {
    const presented = sha256(token);
    let found: Caller | undefined;
    for (const { caller, hash } of known) {
      if (timingSafeEqual(hash, presented)) found = caller;
    }
    return found;
  };
}

/** Whether two secrets are equal, in a time that does not tell how far they are. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
