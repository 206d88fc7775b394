import { randomUUID } from 'node:crypto';
import type { Caller } from '@cozecut/auth';
import type { Log } from '@cozecut/plugin-host';
import type { RequestHandler, Response } from 'express';
import type { Metrics } from '../metrics.ts';

/** Id of the request of a response, in its logs and in the header `X-Request-Id`. */
export function requestIdOf(response: Response): string {
  return response.locals.requestId as string;
}

/** Log of a request: every line has its id. */
export function logOf(response: Response): Log {
  return response.locals.log as Log;
}

/** Gives each request an id, a log of its own, and a line when it has been answered. */
export function requestLog(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const requestId = /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
    response.locals.requestId = requestId;
    response.locals.log = withFields(log, { request: requestId });
    response.set('X-Request-Id', requestId);
    const started = performance.now();
    response.once('close', () => {
      const ms = Math.round(performance.now() - started);
      // Patterns, not paths: a path may hold an id or a signature, and there are endlessly many of them.
      const route = routeOf(request.route?.path, request.baseUrl);
      const { method } = request;
      const status = response.writableFinished ? response.statusCode : 499;
      const caller = (response.locals.caller as Caller | undefined)?.id;
      metrics.request({ method, route, status }, ms / 1000);
      log.info('request', {
        request: requestId,
        method,
        route,
        status,
        ms,
        ...(caller === undefined ? {} : { caller }),
      });
    });
    next();
  };
}

function routeOf(path: unknown, base: string): string {
  return typeof path === 'string' ? base + path : Array.isArray(path) ? String(path[0]) : 'none';
}

/** A log that adds the same fields to each line. */
export function withFields(log: Log, fixed: Record<string, unknown>): Log {
  return {
    debug: (message, fields) => log.debug(message, { ...fixed, ...fields }),
    info: (message, fields) => log.info(message, { ...fixed, ...fields }),
    warn: (message, fields) => log.warn(message, { ...fixed, ...fields }),
    error: (message, fields) => log.error(message, { ...fixed, ...fields }),
  };
}
