import { withDeadline } from '../deadline.ts';
import { isCozeError, localError } from '../errors.ts';
import { asObject } from '../json.ts';
import { type CallOptions, type Clock, systemClock } from '../ports.ts';
import { judged, type SdkOptions } from '../sdk.ts';
import type { CozeAuthOptions } from './options.ts';
import { decodeTokens, type TokenSet } from './tokens.ts';

/** One call of a helper of the SDK. */
export interface HelperCall extends CallOptions {
  /** What goes out and must not come back in a message. */
  secrets: readonly string[];
}

/** The OAuth endpoints of one service; remembers how far its clock is ahead. */
export interface OAuthEndpoint {
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Lead of Coze's clock over ours, in milliseconds, as far as answers have shown. */
  skewMs(): number;
  /** Runs one call of the helpers of the SDK. @throws CozeError */
  run<T>(operation: string, call: HelperCall, use: (options: SdkOptions) => Promise<T>): Promise<T>;
  /** The same for one that answers tokens. @throws CozeError */
  tokens(call: HelperCall, use: (options: SdkOptions) => Promise<unknown>): Promise<TokenSet>;
}

const TOKEN = 'POST /api/permission/oauth2/token';
const DEADLINE_MS = 30_000;
/** Answers about tokens are small. */
const MAX_BYTES = 1024 * 1024;

/** The endpoints at `baseUrl`. */
export function oauthEndpoint(options: Pick<CozeAuthOptions, 'baseUrl' | 'fetch' | 'clock'>): OAuthEndpoint {
  const clock = options.clock ?? systemClock;
  const http = { fetch: options.fetch ?? fetch, clock, maxResponseBytes: MAX_BYTES };
  const limits = { clock, deadlineMs: DEADLINE_MS };
  let skewMs = 0;
  const onResponse = (response: Response) => {
    const serverMs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isFinite(serverMs)) skewMs = withoutRounding(serverMs - clock.nowMs());
  };
  const run: OAuthEndpoint['run'] = (operation, { secrets, ...call }, use) =>
    withDeadline(limits, operation, call, (signal) =>
      judged(http, { operation, secrets, signal, onResponse }, use),
    );
  return {
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    clock,
    skewMs: () => skewMs,
    run,
    async tokens(call, use) {
      const answer = asObject(await run(TOKEN, call, use)) ?? {};
      const tokens = decodeTokens(answer, clock.nowMs(), skewMs);
      if (tokens.accessToken !== '') return tokens;
      throw localError('BAD_RESPONSE', 'expected an access_token', { operation: TOKEN });
    },
  };
}

/** The header counts in seconds: a lead of less than two says nothing. */
function withoutRounding(skewMs: number): number {
  return Math.abs(skewMs) < 2_000 ? 0 : skewMs;
}

/** Whether Coze refused, as opposed to a request that failed on its way. */
export function isRefusal(error: unknown): boolean {
  return isCozeError(error) && error.remoteCode !== undefined && error.retry !== 'backoff';
}
