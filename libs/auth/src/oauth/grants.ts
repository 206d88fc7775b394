import { createHash } from 'node:crypto';

/** What an owner gave to a client, for some time. */
export interface Grant {
  kind: 'code' | 'access' | 'refresh';
  clientId: string;
  owner: string;
  scopes: string[];
  /** Unix time in milliseconds. */
  expiresAt: number;
  /** The same for all that came of one consent: the code, and every token since. */
  family: string;
  /** Whether it was exchanged already. */
  isUsed: boolean;
  /** Of a code: what the request for a token must match. */
  request?: { redirectUri: string; codeChallenge?: string; codeChallengeMethod?: string };
}

/** Keeps grants by a hash of their text, so that nobody who reads the store can use them. */
export interface GrantStore {
  /** Keeps a grant until it is removed or has expired. */
  put(hash: string, grant: Grant): Promise<void>;
  /** The grant, or nothing when there is none. */
  get(hash: string): Promise<Grant | undefined>;
  /** Marks a grant as exchanged; of several callers one gets true. */
  use(hash: string): Promise<boolean>;
  /** Removes one grant. */
  remove(hash: string): Promise<void>;
  /** Removes all that came of one consent. */
  removeFamily(family: string): Promise<void>;
}

/** The key under which a text is kept. */
export function grantHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
