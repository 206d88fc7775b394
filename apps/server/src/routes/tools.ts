import { COZE_PREFIX, cozeCodec, mayOutlast, type Tool } from '@cozecut/manifest';
import type { Host } from '@cozecut/plugin-host';
import type { Job, OnceScope } from '@cozecut/store';
import { type Request, type Response, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { type Answer, failed, ok, send, wasCutOff } from '../http/answer.ts';
import { callerOf } from '../http/caller.ts';
import type { KnownRoute } from '../http/methods.ts';
import { once } from '../http/once.ts';
import { logOf, requestIdOf } from '../http/request-log.ts';
import { serverUrlOf } from '../http/server-url.ts';
import { goneSignal } from '../http/stop.ts';
import { failureOf, hasEnded } from '../jobs/settled.ts';
import { startJob } from '../jobs/start-job.ts';
import { createBudget } from '../jobs/within-budget.ts';
import { cozeFailure } from '../problem-response.ts';

/** REST semantics: one route for each tool at the path its manifest gives, proper status codes. */
export function restRoutes(context: ServerContext): Router {
  const router = Router();
  for (const tool of context.host.toolsFor('cloud')) {
    on(router, tool, async (request, response) => {
      const input = inputOf(tool, request);
      const answer = await once(context.store.idempotency, request, response, (scope) =>
        tool.progress
          ? answerWithJob(context, tool, input, request, response, scope)
          : answerWithOutput(context, tool, input, request, response, scope),
      );
      const { job_id: jobId } = answer.body as { job_id?: string };
      if (tool.progress && jobId !== undefined) response.location(`/v1/jobs/${jobId}`);
      send(response, answer);
    });
  }
  return router;
}

/**
 * Coze semantics, below `COZE_PREFIX`: always 200 and one JSON object; a failure is in declared fields. A tool that may
 * take longer than Coze waits is answered with a job when it does.
 */
export function cozePluginRoutes(context: ServerContext): Router {
  const router = Router();
  const { plugin } = context.host;
  const { callBudgetMs } = plugin.deployment.server;
  const callWithin = createBudget(context);
  for (const tool of context.host.toolsFor('cloud')) {
    const codec = cozeCodec(tool);
    on(router, tool, async (request, response) => {
      const args = inputOf(tool, request);
      const isObject = args !== null && typeof args === 'object' && !Array.isArray(args);
      const input = isObject ? codec.decodeInput(args as Record<string, unknown>) : args;
      const answer = await once(context.store.idempotency, request, response, async (scope) => {
        const parts = { tool, input, request, response, scope, budgetMs: callBudgetMs };
        const ended = mayOutlast(tool, plugin)
          ? await callWithin(parts)
          : { result: await call(context, tool, input, request, response, scope) };
        if ('job' in ended) return ok(goesOn(ended.job));
        const { result } = ended;
        if (!result.ok) return { ...ok(cozeFailure(result.error)), isCutOff: wasCutOff(result.error) };
        return ok({ error_code: '', message: '', ...codec.encodeOutput(result.output) });
      });
      send(response, answer);
    });
  }
  return router;
}

/** A call that goes on as a job, in words too: a model may see nothing else. */
function goesOn({ id, state }: Job): Record<string, unknown> {
  return {
    success: true,
    error_code: '',
    message: `this takes longer and goes on as job ${id}; ask for the state of that job`,
    job_id: id,
    job_status: state,
  };
}

async function answerWithOutput(
  context: ServerContext,
  tool: Tool,
  input: unknown,
  request: Request,
  response: Response,
  scope: OnceScope | undefined,
): Promise<Answer> {
  const result = await call(context, tool, input, request, response, scope);
  if (result.ok) return ok(result.output);
  return { ...failed(result.error, request.originalUrl), isCutOff: wasCutOff(result.error) };
}

/** A tool that takes its time is a job; one that is quick all the same is answered whole. */
async function answerWithJob(
  context: ServerContext,
  tool: Tool,
  input: unknown,
  request: Request,
  response: Response,
  scope: OnceScope | undefined,
): Promise<Answer> {
  const job = await startJob(context, { tool: tool.name, input, request, response, scope });
  const failure = failureOf(job);
  if (failure !== undefined) return failed(failure, request.originalUrl);
  if (!hasEnded(job)) return { status: 202, body: { job_id: job.id, status: job.state } };
  return ok(job.output);
}

function call(
  { calls, host }: ServerContext,
  tool: Tool,
  input: unknown,
  request: Request,
  response: Response,
  scope: OnceScope | undefined,
) {
  const idempotencyKey = request.get('idempotency-key');
  return calls.call({
    tool: tool.name,
    input,
    mode: 'cloud',
    caller: callerOf(response),
    signal: goneSignal(response),
    log: logOf(response),
    requestId: requestIdOf(response),
    serverUrl: serverUrlOf(host.plugin, request),
    scope,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}

/** The routes of the tools, with and without the prefix for Coze. */
export function toolRoutes(host: Host): KnownRoute[] {
  return host.toolsFor('cloud').flatMap(({ http: { path, method } }): KnownRoute[] => [
    [path, method],
    [COZE_PREFIX + path, method],
  ]);
}

type Handle = (request: Request, response: Response) => Promise<void>;

function on(router: Router, tool: Tool, handle: Handle): void {
  const method = tool.http.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  // OpenAPI writes {name}, express :name.
  router[method](tool.http.path.replace(/\{([^}]+)\}/g, ':$1'), handle);
}

/** One flat object, as Coze sees the arguments of a tool: the path wins over the query, the query over the body. */
function inputOf(tool: Tool, request: Request): unknown {
  const body: unknown = request.body ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) return body;
  const query = tool.http.method === 'GET' || tool.http.method === 'DELETE' ? request.query : {};
  return { ...body, ...query, ...request.params };
}
