/** An OAuth app that exists. */
export interface OAuthApp {
  /** Client id; the issuer of its JWTs. */
  id: string;
  /** Of a web app; apps without one use PKCE or a device code. */
  secret?: string;
  /** Public keys in PEM by fingerprint (`kid`), for JWTs. */
  publicKeys?: Readonly<Record<string, string>>;
  /** Addresses that a code may be sent to; any when absent. */
  redirectUris?: readonly string[];
  /** Permissions of its tokens; every one when absent. */
  scopes?: readonly string[];
}

/** A code that waits to be exchanged. */
export interface PendingCode {
  clientId: string;
  redirectUri: string;
  challenge: string | undefined;
  method: 'S256' | 'plain';
  expiresAtMs: number;
}

/** A device that waits for its user. */
export interface PendingDevice {
  clientId: string;
  userCode: string;
  decision: 'pending' | 'allowed' | 'denied';
  /** Polls that are still answered with `authorization_pending`. */
  pollsLeft: number;
  expiresAtMs: number;
  polledAtMs: number | undefined;
  intervalMs: number;
}

/** What the OAuth endpoints remember. */
export interface OAuthState {
  apps: readonly OAuthApp[];
  /** Ids of JWTs that were used: each works once. */
  usedJwtIds: Set<string>;
  codes: Map<string, PendingCode>;
  devices: Map<string, PendingDevice>;
  /** Client id by refresh token. */
  refreshTokens: Map<string, string>;
}

/** Nothing but the apps. */
export function createOAuthState(apps: readonly OAuthApp[] = []): OAuthState {
  return {
    apps,
    usedJwtIds: new Set(),
    codes: new Map(),
    devices: new Map(),
    refreshTokens: new Map(),
  };
}
