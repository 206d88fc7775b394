import { UserError } from '@cozecut/problems';
import { type Request, type Response, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { ok, send } from '../http/answer.ts';
import { callerOf } from '../http/caller.ts';
import { once } from '../http/once.ts';
import { lastEventId, sendEvents } from '../http/sse.ts';
import type { LiveEvent } from '../live-events.ts';
import type { LocalService, LocalState } from '../local/port.ts';
import { publicChoices, publicState } from '../local/public-state.ts';
import { readStart } from '../local/read-start.ts';

const MAX_TEXT = 100_000;

/** The local service: what `listen` does at a terminal, for a person at the page. */
export function localRoutes({ store, onClose }: ServerContext, local: LocalService): Router {
  const router = Router();
  const closing = new AbortController();
  onClose(() => closing.abort());
  const stateNow = () => publicState(local.state());

  /** Does something once for each `Idempotency-Key`; what comes of it is told by the events. */
  async function begin(request: Request, response: Response, act: () => void): Promise<void> {
    const answer = await once(store.idempotency, request, response, async () => {
      act();
      return { status: 202, body: stateNow() };
    });
    send(response, answer);
  }

  router.get('/', (_request, response) => {
    response.json({ ...stateNow(), choices: publicChoices(local.choices()) });
  });

  router.post('/start', async (request, response) => {
    const wanted = readStart(request.body, callerOf(response).owner);
    await begin(request, response, () => local.start(wanted));
  });

  router.post('/stop', async (request, response) => {
    const stopped = await once(store.idempotency, request, response, async () => {
      await local.stop();
      return ok(stateNow());
    });
    send(response, stopped);
  });

  router.post('/cancel', async (request, response) => {
    await begin(request, response, () => local.cancel());
  });

  router.post('/messages', async (request, response) => {
    const { message } = bodyOf(request);
    if (typeof message !== 'string' || message.trim() === '') throw invalid('message must be a text');
    checkLength('message', message);
    await begin(request, response, () => local.say(message));
  });

  router.post('/runs', async (request, response) => {
    const { parameters = {} } = bodyOf(request);
    if (!isMap(parameters)) throw invalid('parameters must be a map, by the names of the start node');
    await begin(request, response, () => local.run(parameters));
  });

  router.post('/answers', async (request, response) => {
    const { answer, question_id: id } = bodyOf(request);
    if (typeof answer !== 'string' && !isMap(answer)) {
      throw invalid('answer must be a text, or a map of the parameters that are asked for');
    }
    if (typeof answer === 'string') checkLength('answer', answer);
    if (id !== undefined && !Number.isSafeInteger(id)) throw invalid('question_id must be a whole number');
    await begin(request, response, () => local.answer(answer, id as number | undefined));
  });

  router.get('/events', async (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, closing.signal]);
    const after = lastEventId(request.get('last-event-id'));
    async function* events(): AsyncGenerator<LiveEvent> {
      for await (const { id, event } of local.watch({ after, signal })) {
        const { type, ...data } = event;
        yield { id, type, data: type === 'service.state' ? publicState(data as LocalState) : data };
      }
    }
    await sendEvents(response, events());
  });
  return router;
}

function bodyOf(request: Request): Record<string, unknown> {
  const body: unknown = request.body ?? {};
  if (isMap(body)) return body;
  throw invalid('the body must be a JSON object');
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkLength(what: string, text: string): void {
  if (text.length > MAX_TEXT)
    throw new UserError('INPUT_TOO_LARGE', `${what} may have ${MAX_TEXT} characters`);
}

function invalid(message: string): UserError {
  return new UserError('INPUT_INVALID', message);
}
