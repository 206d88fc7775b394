/** What a bearer token may do. */
export interface Grant {
  token: string;
  /** Who it stands for: conversations made with it are seen by the same user only. */
  user: string;
  /** Permissions such as `chat`; everything when absent. */
  scopes: readonly string[] | undefined;
  /** Moment on the clock after which it is refused; never when absent. */
  expiresAtMs: number | undefined;
}

/** Bearer tokens by value. */
export interface Tokens {
  add(grant: Grant): void;
  /** A new token. */
  issue(kind: 'access' | 'refresh', grant: Omit<Grant, 'token'>): Grant;
  /** The grant of a token that has not expired. */
  find(token: string): Grant | undefined;
  expire(token: string): void;
  /** Every token that was ever valid, for redaction. */
  all(): string[];
}

/** No tokens; new ones come from a counter and the seed. */
export function createTokens(seed: number, nowMs: () => number): Tokens {
  const grants = new Map<string, Grant>();
  let count = 0;
  const add = (grant: Grant) => void grants.set(grant.token, grant);
  return {
    add,
    issue(kind, grant) {
      const issued = { ...grant, token: `czu_${kind}_${seed}_${String(++count).padStart(6, '0')}` };
      add(issued);
      return issued;
    },
    find(token) {
      const grant = grants.get(token);
      return grant && (grant.expiresAtMs ?? Number.POSITIVE_INFINITY) > nowMs() ? grant : undefined;
    },
    expire(token) {
      const grant = grants.get(token);
      if (grant) grant.expiresAtMs = nowMs();
    },
    all: () => [...grants.keys()],
  };
}
