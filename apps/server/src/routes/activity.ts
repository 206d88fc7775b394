import { setTimeout as delay } from 'node:timers/promises';
import { Router } from 'express';
import type { ServerContext } from '../context.ts';
import { callerOf, ownerAsked } from '../http/caller.ts';
import { sendEvents } from '../http/sse.ts';
import { publicCall } from '../jobs/public-call.ts';
import { publicJob } from '../jobs/public-job.ts';
import { WEBHOOK_TOOL } from '../jobs/webhook.ts';
import type { LiveEvent } from '../live-events.ts';

/** The store is asked so often, for one watcher: jobs and calls are made by any process. */
const EVERY_MS = 1_000;
/** What changes in between beyond this many is not told one by one. */
const MAX_NEWS = 50;

/** Jobs that change and calls that end, of everything that a caller may see, from now on. */
export function activityRoute(context: ServerContext): Router {
  return Router().get('/v1/activity', async (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    await sendEvents(
      response,
      activity(context, ownerAsked(callerOf(response), request.query.owner), gone.signal),
    );
  });
}

async function* activity(
  { store, calls: { kept } }: ServerContext,
  owner: { owner?: string },
  signal: AbortSignal,
): AsyncGenerator<LiveEvent> {
  let known: Map<string, string> | undefined;
  let id = 0;
  while (!signal.aborted) {
    await kept();
    const { jobs } = await store.jobs.list({ limit: MAX_NEWS, exceptTool: WEBHOOK_TOOL, ...owner });
    const { calls } = await store.calls.list({ limit: MAX_NEWS, ...owner });
    const now = [
      ...jobs.map((job) => ({
        key: `job ${job.id}`,
        state: `${job.modifiedAt} ${job.state}`,
        type: 'job',
        data: publicJob(job),
      })),
      ...calls.map((call) => ({ key: `call ${call.id}`, state: '', type: 'call', data: publicCall(call) })),
    ].reverse();
    // What is there at first is what lists give; only what comes after that is news.
    const news = known === undefined ? [] : now.filter(({ key, state }) => known?.get(key) !== state);
    // Whoever has asked for lists before this moment asks again, and misses nothing.
    if (known === undefined) yield { id: ++id, type: 'watching', data: {} };
    known = new Map(now.map(({ key, state }) => [key, state]));
    for (const { type, data } of news) yield { id: ++id, type, data };
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
