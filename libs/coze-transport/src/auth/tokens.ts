import { asNumber, asText, type JsonObject } from '../json.ts';

/** An access token and what it can be renewed with. */
export interface TokenSet {
  accessToken: string;
  /** Works once; absent where a token is not renewed but asked for again. */
  refreshToken?: string;
  /** When it expires by the clock of this machine, Unix milliseconds. */
  expiresAtMs: number;
}

/**
 * Where tokens are kept between runs. What is kept is as secret as a password: whoever implements this decides about
 * the place and its protection.
 */
export interface TokenStore {
  /** What is kept, if anything. */
  load(key: string): Promise<TokenSet | undefined>;
  /** Replaces what is kept. */
  save(key: string, tokens: TokenSet): Promise<void>;
  /** Forgets it. */
  clear(key: string): Promise<void>;
}

/** A store that forgets when the process ends. */
export function memoryTokenStore(): TokenStore {
  const kept = new Map<string, TokenSet>();
  return {
    load: async (key) => kept.get(key),
    save: async (key, tokens) => void kept.set(key, tokens),
    clear: async (key) => void kept.delete(key),
  };
}

/** Numbers below this are lengths of time, in seconds; Coze sends moments. */
const FIRST_MOMENT_S = 1_000_000_000;
/** Life of a token whose answer does not tell one. */
const DEFAULT_LIFE_S = 900;

/**
 * Reads the answer of a token endpoint. `expires_in` is a moment on Coze's clock, whose lead over ours is `skewMs`.
 */
export function decodeTokens(answer: JsonObject, nowMs: number, skewMs: number): TokenSet {
  const expires = asNumber(answer.expires_in) ?? DEFAULT_LIFE_S;
  const refreshToken = asText(answer.refresh_token);
  return {
    accessToken: asText(answer.access_token),
    ...(refreshToken === '' ? {} : { refreshToken }),
    expiresAtMs: expires >= FIRST_MOMENT_S ? expires * 1000 - skewMs : nowMs + expires * 1000,
  };
}
