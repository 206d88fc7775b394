import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '@cozecut/problems';
import type { RequestHandler, Response } from 'express';

/** Whoever has a connection open sends the next request within this, in milliseconds. */
const QUIET_MS = 100;
/** What was told to end has so long to be answered, in milliseconds. */
const ENDING_MS = 1_000;

/** How a server stops without leaving a request unanswered. */
export interface Stop {
  /** Knows each request until it is answered, and tells its response of the stop. */
  track: RequestHandler;
  isAnnounced(): boolean;
  /** From now on each answer ends its connection, so that the next request goes to another server. */
  announce(): void;
  /** Resolves when no new request comes, at the latest after `maxMs`. */
  quiet(maxMs: number): Promise<void>;
  /**
   * Ends what could go on for ever, gives everything else `graceMs`, and ends that then. Resolves when all is answered, or
   * soon after it was ended.
   */
  settle(graceMs: number): Promise<void>;
}

/** Makes the {@link Stop} of one server. */
export function createStop(): Stop {
  const open = new Set<Response>();
  const waits = new AbortController();
  let begun = 0;
  let isAnnounced = false;
  let onEmpty: (() => void) | undefined;

  const endConnection = (response: Response) => {
    if (!response.headersSent) response.set('Connection', 'close');
  };

  async function answered(withinMs: number): Promise<void> {
    if (open.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    onEmpty = resolve;
    const timer = setTimeout(resolve, withinMs);
    await promise;
    clearTimeout(timer);
  }

  return {
    track(_request, response, next) {
      begun += 1;
      open.add(response);
      response.once('close', () => {
        open.delete(response);
        if (open.size === 0) onEmpty?.();
      });
      response.locals.waits = waits.signal;
      if (isAnnounced) endConnection(response);
      next();
    },
    isAnnounced: () => isAnnounced,
    announce() {
      isAnnounced = true;
      for (const response of open) endConnection(response);
    },
    async quiet(maxMs) {
      const end = performance.now() + maxMs;
      for (let seen = -1; seen !== begun && performance.now() < end; ) {
        seen = begun;
        await delay(Math.min(QUIET_MS, maxMs));
      }
    },
    async settle(graceMs) {
      waits.abort();
      await answered(graceMs);
      for (const response of open) {
        (response.locals.gone as AbortController | undefined)?.abort(stopped());
      }
      await answered(ENDING_MS);
    },
  };
}

/** Aborted when the server stops: who only waits for something is answered with what is known. */
export function waitsEnd(response: Response): AbortSignal {
  return response.locals.waits as AbortSignal;
}

/** Aborted when the caller goes away before it was answered, or the server stops and gives it no more time. */
export function goneSignal(response: Response): AbortSignal {
  const known = response.locals.gone as AbortController | undefined;
  if (known !== undefined) return known.signal;
  const gone = new AbortController();
  response.locals.gone = gone;
  const leave = () => {
    if (!response.writableEnded) gone.abort();
  };
  if (response.closed) leave();
  else response.once('close', leave);
  return gone.signal;
}

function stopped(): UserError {
  return new UserError('INTERRUPTED', 'the server stopped before this was done', { hint: 'send it again' });
}
