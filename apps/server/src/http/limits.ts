import type { IncomingMessage } from 'node:http';
import type { Caller } from '@cozecut/auth';
import { UserError } from '@cozecut/problems';
import type { RateLimits } from '@cozecut/store';
import type { RequestHandler } from 'express';

/** How often one caller may come. */
export interface RateOptions {
  /** How many may come at once. */
  burst: number;
  /** How many may come each minute in the long run. */
  perMinute: number;
}

/** Counts the requests of each caller, and of each address where nobody is known, over all processes. */
export function rateLimit(limits: RateLimits, { burst, perMinute }: RateOptions): RequestHandler {
  return async (request, response, next) => {
    const key = rateKey(response.locals.caller as Caller | undefined, request.ip);
    const { allowed, remaining, retryAfterMs, resetMs } = await limits.take({ key, burst, perMinute });
    response.set({
      'RateLimit-Limit': String(burst),
      'RateLimit-Remaining': String(remaining),
      'RateLimit-Reset': String(Math.ceil(resetMs / 1000)),
    });
    if (allowed) return next();
    const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
    response.set('Retry-After', String(seconds));
    throw new UserError(
      'RATE_LIMITED',
      `more than ${perMinute} requests a minute; the next one in ${seconds} s`,
    );
  };
}

/** Whose requests are counted together. */
export function rateKey(caller: Caller | undefined, address: string | undefined): string {
  return caller === undefined ? `address:${address}` : `caller:${caller.owner}`;
}

/** The address of a request that express has not seen, as it would find it with one proxy in front or none. */
export function addressOf({ headers, socket }: IncomingMessage, isBehindProxy: boolean): string | undefined {
  const [last] = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .slice(-1);
  return isBehindProxy && last ? last.trim() : socket.remoteAddress;
}

/** Nothing that a tool takes is nested deeper; what walks over it need not be afraid of its own stack. */
const MAX_DEPTH = 100;

/** Refuses a body that is nested too deeply. */
export const limitDepth: RequestHandler = (request, _response, next) => {
  const waiting: [value: unknown, depth: number][] = [[request.body, 1]];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const [value, depth] = at;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MAX_DEPTH) {
      throw new UserError('INPUT_INVALID', `the body may be nested ${MAX_DEPTH} levels deep`);
    }
    for (const item of Object.values(value)) waiting.push([item, depth + 1]);
  }
  next();
};
