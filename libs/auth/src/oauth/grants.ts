import { createHash } from 'node:crypto';

/** What an owner gave to a client, for some time. */
export interface Grant {
  kind: 'code' | 'access' | 'refresh';
  clientId: string;
  owner: string;
  scopes: string[];
  /** Unix time in milliseconds. */
  expiresAt: number;
  /** Of a code: what the request for a token must match. */
  request?: { redirectUri: string; codeChallenge?: string; codeChallengeMethod?: string };
}

/** Keeps grants by a hash of their text, so that nobody who reads the store can use them. */
export interface GrantStore {
  /** Keeps a grant until it is removed or expires. */
  put(hash: string, grant: Grant): Promise<void>;
  /** The grant, or nothing when there is none or it has expired. */
  get(hash: string): Promise<Grant | undefined>;
  /** Removes a grant; of several callers one gets true. */
  remove(hash: string): Promise<boolean>;
}

/** The key under which a text is kept. */
export function grantHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
