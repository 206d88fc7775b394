import { createHash, timingSafeEqual } from 'node:crypto';

/** A token that opens the server. */
export interface BearerToken {
  /** Name of the token in logs. */
  id: string;
  token: string;
}

/**
 * Makes a check of the `Authorization` header. It answers with the id of the token that matched, and takes the same
 * time for every wrong token: hashes of equal length are compared, and always all of them.
 */
export function createBearerCheck(
  tokens: readonly BearerToken[],
): (authorization: string | undefined) => string | undefined {
  const known = tokens.map(({ id, token }) => ({ id, hash: sha256(token) }));
  return (authorization) => {
    const presented = sha256(/^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '');
    let found: string | undefined;
    for (const { id, hash } of known) {
      if (timingSafeEqual(hash, presented)) found = id;
    }
    return found;
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
