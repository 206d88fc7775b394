/** A credential for callers of the server, without its secret. */
export interface ApiToken {
  id: string;
  owner: string;
  name: string;
  scopes: string[];
  /** Unix time in milliseconds. */
  createdAt: number;
  /** Unix time in milliseconds; never when left out. */
  expiresAt: number | undefined;
  /** Unix time in milliseconds, to the minute; `undefined` until it was used. */
  lastUsedAt: number | undefined;
  /** Unix time in milliseconds. */
  revokedAt: number | undefined;
}

/** API tokens. Only a hash of the secret is kept. */
export interface TokenStore {
  /** Makes a token; its text is told here and never again. */
  create(options: {
    owner: string;
    name: string;
    scopes: readonly string[];
    expiresAt?: number;
    /** 40 bytes that the token is made of; made twice of the same ones, it is the same token. Random when left out. */
    entropy?: Uint8Array;
  }): Promise<{ text: string; token: ApiToken }>;
  /** The token of a text; nothing for one that was never given out, has expired or was revoked. */
  verify(text: string): Promise<ApiToken | undefined>;
  /** Tokens of an owner, or of everybody; newest first, revoked and expired ones as well. */
  list(owner?: string): Promise<ApiToken[]>;
  /** Ends a token; false when there is none for this owner. One that was ended already stays so. */
  revoke(id: string, owner?: string): Promise<boolean>;
}

/** What an owner has allowed to a program, for some time. */
export interface OauthGrant {
  kind: 'code' | 'access' | 'refresh';
  clientId: string;
  owner: string;
  scopes: string[];
  /** Unix time in milliseconds. */
  expiresAt: number;
  /** The same for all that came of one consent. */
  family: string;
  /** Whether it was exchanged already. */
  isUsed: boolean;
  /** Of a code: what the request for a token must match. */
  request?: { redirectUri: string; codeChallenge?: string; codeChallengeMethod?: string };
}

/** Grants by a hash of their text; the text itself is kept nowhere. */
export interface GrantStore {
  put(hash: string, grant: OauthGrant): Promise<void>;
  /** The grant, expired or used ones as well; nothing when there is none. */
  get(hash: string): Promise<OauthGrant | undefined>;
  /** Marks a grant as exchanged; of several callers in any process one gets true. */
  use(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
  /** Removes all that came of one consent. */
  removeFamily(family: string): Promise<void>;
}

/** How often something may be done. */
export interface RateLimit {
  /** What is limited: a caller, an address, a tool. */
  key: string;
  /** How many may come at once. */
  burst: number;
  /** How many may come each minute in the long run. */
  perMinute: number;
}

/** Whether it may be done now. */
export interface RateDecision {
  allowed: boolean;
  /** How many may still come at once. */
  remaining: number;
  /** Milliseconds after which one more is allowed; 0 when one is allowed now. */
  retryAfterMs: number;
  /** Milliseconds after which the whole burst is allowed again. */
  resetMs: number;
}

/** Counts over all processes. */
export interface RateLimits {
  /** Counts `cost` (default 1) when it is allowed. A refused request costs nothing. */
  take(limit: RateLimit, cost?: number): Promise<RateDecision>;
}
