import { once } from 'node:events';
import type { Response } from 'express';
import type { Live, LiveEvent } from '../live-events.ts';
import { isStillKnown } from './caller.ts';
import { waitsEnd } from './stop.ts';

/** A connection that says nothing for long is cut by what lies between. */
const HEARTBEAT_MS = 15_000;

/**
 * Sends events as a stream (`text/event-stream`) until they end, the reader leaves or its token ends; slow readers slow us
 * down.
 */
export async function sendEvents(response: Response, events: AsyncIterable<LiveEvent>): Promise<void> {
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies that collect answers would hold the events back.
    'x-accel-buffering': 'no',
  });
  // Whoever asks for the headers alone would wait on its connection for an end that does not come.
  if (response.req.method === 'HEAD') return void response.end();
  response.flushHeaders();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const stopping = waitsEnd(response);
  const leave = () => {
    clearInterval(heartbeat);
    response.end();
  };
  const heartbeat = setInterval(async () => {
    response.write(': still here\n\n');
    // A store that cannot be asked now is asked the next time.
    if (!(await isStillKnown(response).catch(() => true))) leave();
  }, HEARTBEAT_MS);
  stopping.addEventListener('abort', leave, { once: true });
  try {
    for await (const { id, type, data } of events) {
      if (response.writableEnded || response.closed) return;
      const isTaken = response.write(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
      if (!isTaken) await once(response, 'drain', gone).catch(() => undefined);
    }
  } finally {
    stopping.removeEventListener('abort', leave);
    leave();
  }
}

/** Sends what happens; a reader that has seen the end already is told not to come again (204). */
export async function sendLive(response: Response, { isOver, events }: Live): Promise<void> {
  if (isOver) response.status(204).end();
  else await sendEvents(response, events);
}

/** Number of the last event that the reader has seen; 0 when it has seen none. */
export function lastEventId(text: string | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
}
