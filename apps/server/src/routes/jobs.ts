import type { Answer } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { type JobState, retryRequest } from '@cozecut/store';
import { type Request, type Response, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { ok, send } from '../http/answer.ts';
import { callerOf, ownerAsked } from '../http/caller.ts';
import { once } from '../http/once.ts';
import { cursorParam, pageLimit, textParam } from '../http/query.ts';
import { lastEventId, sendLive } from '../http/sse.ts';
import { jobNotFound } from '../jobs/job-not-found.ts';
import { publicJob } from '../jobs/public-job.ts';
import { WEBHOOK_TOOL } from '../jobs/webhook.ts';
import { watchLive } from '../live-events.ts';

const STATES: readonly string[] = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
] satisfies JobState[];

/** Jobs: what is there, how far it has come, and its end. */
export function jobRoutes({ store, worker, questions }: ServerContext): Router {
  const router = Router();
  const owner = (request: Request, response: Response) => ownerAsked(callerOf(response), request.query.owner);

  router.get('/v1/jobs', async (request, response) => {
    const limit = pageLimit(request);
    const state = textParam(request, 'status');
    if (state !== undefined && !STATES.includes(state)) {
      throw new UserError(
        'INPUT_INVALID',
        `status must be one of ${STATES.join(', ')} (got ${JSON.stringify(state)})`,
      );
    }
    const draftId = textParam(request, 'draft_id');
    const tool = textParam(request, 'tool');
    const before = cursorParam(request);
    const { jobs, total, next } = await store.jobs.list({
      limit,
      ...owner(request, response),
      ...(state === undefined ? {} : { state: state as JobState }),
      // Messages about the end of jobs are jobs as well, for whoever asks for them.
      ...(tool === undefined ? { exceptTool: WEBHOOK_TOOL } : { tool }),
      ...(draftId === undefined ? {} : { draftId }),
      ...(before === undefined ? {} : { before }),
    });
    response.json({
      total,
      jobs: jobs.map(publicJob),
      next_cursor: next,
    });
  });

  router.get('/v1/jobs/:id', async (request, response) => {
    const job = await store.jobs.get(request.params.id, owner(request, response).owner);
    if (job === undefined) throw jobNotFound();
    const question = await questions.openOf(job);
    response.json({ ...publicJob(job), ...(question === undefined ? {} : { question }) });
  });

  router.post('/v1/jobs/:id/answer', async (request, response) => {
    const job = await store.jobs.get(request.params.id, owner(request, response).owner);
    if (job === undefined) throw jobNotFound();
    const { answer } = (request.body ?? {}) as { answer?: unknown };
    const isForm = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
    if (!isForm && typeof answer !== 'string') {
      throw new UserError(
        'INPUT_INVALID',
        'answer must be a text, or a map of the values that "question" asks for',
      );
    }
    const told = await once(store.idempotency, request, response, async () => {
      await questions.answer(job.id, answer as Answer);
      return { status: 202, body: { job_id: job.id, status: job.state } };
    });
    response.location(`/v1/jobs/${job.id}`);
    send(response, told);
  });

  router.post('/v1/jobs/:id/cancel', async (request, response) => {
    const cancelled = await once(store.idempotency, request, response, async () => {
      const job = await store.jobs.cancel(request.params.id, owner(request, response).owner);
      if (job === undefined) throw jobNotFound();
      return ok(publicJob(job));
    });
    send(response, cancelled);
  });

  router.post('/v1/jobs/:id/retry', async (request, response) => {
    const job = await store.jobs.get(request.params.id, owner(request, response).owner);
    if (job === undefined) throw jobNotFound();
    const wanted = retryRequest(job);
    const answer = await once(store.idempotency, request, response, async (scope) => {
      const key = scope === undefined ? {} : { once: scope.once() };
      const again = await store.jobs.enqueue({ ...wanted, ...key });
      worker.wake();
      return { status: 202, body: publicJob(again) };
    });
    response.location(`/v1/jobs/${(answer.body as { job_id: string }).job_id}`);
    send(response, answer);
  });

  router.get('/v1/jobs/:id/events', async (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const live = await watchLive(
      store,
      { kind: 'job', id: request.params.id },
      {
        ...owner(request, response),
        after: lastEventId(request.get('last-event-id')),
        signal: gone.signal,
      },
    );
    if (live === undefined) throw jobNotFound();
    await sendLive(response, live);
  });
  return router;
}
