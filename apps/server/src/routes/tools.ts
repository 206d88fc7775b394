import { COZE_PREFIX, cozeCodec, type Tool } from '@cozecut/manifest';
import type { Answer, CallOptions } from '@cozecut/plugin-host';
import { type Request, type Response, Router } from 'express';
import type { ServerContext } from '../app.ts';
import { settledWithin } from '../jobs.ts';
import { cozeFailure, sendProblem } from '../problem-response.ts';

/** REST semantics: one route for each tool at the path its manifest gives, proper status codes. */
export function restRoutes({ host, jobs, store, jobWaitMs }: ServerContext): Router {
  const router = Router();
  for (const tool of host.toolsFor('cloud')) {
    on(router, tool, '', async (request, response) => {
      const input = inputOf(tool, request);
      if (tool.progress) {
        const { job, ended } = await jobs.start(tool.name, input, callOptions(request));
        const state = await settledWithin(
          ended,
          jobWaitMs,
          async () => (await store.jobs.get(job.id)) ?? job,
        );
        if (state.state === 'failed') return sendProblem(response, state.error as never);
        response.location(`/v1/jobs/${job.id}`);
        if (state.state === 'running')
          return void response.status(202).json({ job_id: job.id, status: 'running' });
        return void response.json(state.output);
      }
      const result = await host.call(tool.name, input, callOptions(request, response));
      if (result.ok) response.json(result.output);
      else sendProblem(response, result.error);
    });
  }
  router.get('/v1/jobs/:id', async (request, response) => {
    const job = await store.jobs.get(request.params.id);
    if (job === undefined) {
      return sendProblem(response, { code: 'JOB_NOT_FOUND', message: 'there is no such job', problems: [] });
    }
    response.json({
      job_id: job.id,
      tool: job.tool,
      status: job.state,
      progress: job.fraction,
      phase: job.phase,
      message: job.message,
      ...(jobs.question(job.id) === undefined ? {} : { question: jobs.question(job.id) }),
      ...(job.output === undefined ? {} : { output: job.output }),
      ...(job.error === undefined ? {} : { error: job.error }),
    });
  });
  router.post('/v1/jobs/:id/answer', async (request, response) => {
    const { id } = request.params;
    if ((await store.jobs.get(id)) === undefined) {
      return sendProblem(response, { code: 'JOB_NOT_FOUND', message: 'there is no such job', problems: [] });
    }
    const { answer } = (request.body ?? {}) as { answer?: unknown };
    const isForm = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
    if (!isForm && typeof answer !== 'string') {
      const message = 'answer must be a text, or a map of the values that "question" asks for';
      return sendProblem(response, { code: 'INPUT_INVALID', message, problems: [] });
    }
    jobs.answer(id, answer as Answer);
    response.status(202).location(`/v1/jobs/${id}`).json({ job_id: id, status: 'running' });
  });
  return router;
}

/** Coze semantics: always 200 and one JSON object; a failure is in declared fields. */
export function cozePluginRoutes({ host }: ServerContext): Router {
  const router = Router();
  for (const tool of host.toolsFor('cloud')) {
    const codec = cozeCodec(tool);
    on(router, tool, COZE_PREFIX, async (request, response) => {
      const args = inputOf(tool, request);
      const isObject = args !== null && typeof args === 'object' && !Array.isArray(args);
      const input = isObject ? codec.decodeInput(args as Record<string, unknown>) : args;
      const result = await host.call(tool.name, input, callOptions(request, response));
      response.json(
        result.ok
          ? { error_code: '', message: '', ...codec.encodeOutput(result.output) }
          : cozeFailure(result.error),
      );
    });
  }
  return router;
}

type Respond = (request: Request, response: Response) => Promise<void>;

function on(router: Router, tool: Tool, prefix: string, respond: Respond): void {
  const method = tool.http.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  // OpenAPI writes {name}, express :name.
  router[method](prefix + tool.http.path.replace(/\{([^}]+)\}/g, ':$1'), respond);
}

/** One flat object, as Coze sees the arguments of a tool: the path wins over the query, the query over the body. */
function inputOf(tool: Tool, request: Request): unknown {
  const body: unknown = request.body ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) return body;
  const query = tool.http.method === 'GET' || tool.http.method === 'DELETE' ? request.query : {};
  return { ...body, ...query, ...request.params };
}

function callOptions(request: Request, response?: Response): CallOptions {
  const idempotencyKey = request.get('idempotency-key');
  const options: CallOptions = { mode: 'cloud', ...(idempotencyKey === undefined ? {} : { idempotencyKey }) };
  if (response === undefined) return options;
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  return { ...options, signal: gone.signal };
}
