import type { Clock, Log } from '../ports.ts';
import type { SecretReference } from './method.ts';
import type { TokenStore } from './tokens.ts';

/** What authentication needs from the outside. */
export interface CozeAuthOptions {
  /** Address of the API, such as `https://api.coze.cn`; see `baseUrlOf`. */
  baseUrl: string;
  /** Looks a secret up, at the moment it is needed; nothing is remembered. */
  resolveSecret(reference: SecretReference): string | Promise<string>;
  /** Keeps tokens between runs; default: for this run only. */
  store?: TokenStore;
  /** Replaces the `fetch` of the platform. */
  fetch?: typeof fetch;
  clock?: Clock;
  log?: Log;
  /** How long before its end a token is taken for expired, in milliseconds; default 60 000. */
  expiryMarginMs?: number;
}
