import type { IncomingHttpHeaders } from 'node:http';
import { UserError } from '@cozecut/problems';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Headers that tell a browser what the page may do. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  // Whoever ends TLS in front of us decides about this.
  strictTransportSecurity: false,
});

/** Lets pages of other origins call us; without origins no page may. */
export function crossOrigin(origins: readonly string[]): RequestHandler {
  return cors({
    origin: [...origins],
    allowedHeaders: [
      'authorization',
      'content-type',
      'idempotency-key',
      'last-event-id',
      'x-request-id',
      'cozecut-webhook',
      'range',
      'if-range',
      'htysudoertoken',
      'htyhost',
    ],
    exposedHeaders: [
      ...['location', 'retry-after', 'x-request-id', 'x-chat-id', 'content-disposition', 'www-authenticate'],
      ...['etag', 'accept-ranges', 'content-range', 'content-length'],
      ...['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
    ],
    maxAge: 600,
  });
}

/** Whether a `Host` header names this machine: a foreign name that resolves to it must not reach us through a browser. */
export function namesThisMachine(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  return ['localhost', '127.0.0.1', '[::1]'].includes(name);
}

/** Refuses requests for other names than those of this machine. */
export const onlyLoopbackHosts: RequestHandler = (request, _response, next) => {
  if (namesThisMachine(request.get('host'))) return next();
  throw new UserError(
    'HOST_UNKNOWN',
    `this server answers for this machine only (got the host ${JSON.stringify(request.get('host') ?? '')})`,
  );
};

/**
 * Whether a program asks, or a page of this server. A page at another port of this machine is a foreign one: browsers
 * call it of the same site.
 */
export function isOwnPage({ origin, host, ...headers }: IncomingHttpHeaders): boolean {
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host;
  return !['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']));
}

/** Refuses what a foreign page sends without asking first; needed where no token says who is meant to call. */
export function onlyOwnPages(origins: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const isForeign = !isOwnPage(request.headers);
    const isReading = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    if (!isForeign || isReading || origins.includes(request.get('origin') ?? '')) return next();
    throw new UserError(
      'ORIGIN_FORBIDDEN',
      `pages of ${request.get('origin') ?? 'other sites'} may not call this server`,
      {
        hint: 'see COZECUT_CORS_ORIGINS',
      },
    );
  };
}
