import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Caller, TokenCheck } from './caller.ts';

/** Tokens that somebody else signs. */
export interface JwtOptions {
  /** Name in logs. */
  id: string;
  /** Must be the `iss` of a token. */
  issuer: string;
  /** Must be among the `aud` of a token. */
  audience: string;
  /** Address of the public keys of the issuer. */
  jwksUrl: string;
  /** Claim that names the owner; default `sub`. */
  ownerClaim?: string;
  /** What every holder of such a token may do, besides what its claim says. */
  scopes?: readonly string[];
  /** Claim with further scopes, a list or a text with blanks between them; default `scope`. */
  scopesClaim?: string;
  /** Fetches the keys. */
  fetch: typeof fetch;
  /** Unix time in milliseconds. */
  now(): number;
  /** Told when the keys cannot be fetched: then nobody gets in by this way. */
  onKeysUnavailable?: (error: Error) => void;
}

/** A symmetric key would have to be shared, and `none` is no signature. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Clocks of two machines may be so far apart, in seconds. */
const CLOCK_TOLERANCE_S = 5;

/** Makes a check for JSON Web Tokens of one issuer; its keys are fetched when the first token comes, and kept. */
export function createJwtCheck(options: JwtOptions): TokenCheck {
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
    [customFetch]: options.fetch,
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
    timeoutDuration: 5_000,
  });
  return async (token) => {
    if (token.split('.').length !== 3) return undefined;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(options.now()),
        requiredClaims: ['exp'],
      });
      return callerOf(payload, options);
    } catch (error) {
      if (isAboutKeys(error)) options.onKeysUnavailable?.(error as Error);
      return undefined;
    }
  };
}

function callerOf(payload: JWTPayload, options: JwtOptions): Caller | undefined {
  const owner = payload[options.ownerClaim ?? 'sub'];
  if (typeof owner !== 'string' || owner === '') return undefined;
  const claimed = scopesIn(payload[options.scopesClaim ?? 'scope']);
  // The owner of one issuer is nobody to another one.
  return { id: options.id, owner: `${options.id}:${owner}`, scopes: [...(options.scopes ?? []), ...claimed] };
}

/** Scopes by name: `*` means everything to us, and who knows what to the issuer. */
function scopesIn(claim: unknown): string[] {
  const words = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return words.filter((word): word is string => typeof word === 'string' && word !== '' && word !== '*');
}

/** Anything but a verdict on the token. */
function isAboutKeys(error: unknown): boolean {
  const isVerdict =
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== 'ERR_JOSE_GENERIC';
  return !isVerdict;
}
