import type { Tool } from '@cozecut/manifest';
import type { CallResult, Progress } from '@cozecut/plugin-host';
import type { Job, JobChange, OnceScope } from '@cozecut/store';
import type { Request, Response } from 'express';
import type { ServerContext } from '../context.ts';
import { callerOf } from '../http/caller.ts';
import { logOf, requestIdOf } from '../http/request-log.ts';
import { serverUrlOf } from '../http/server-url.ts';
import { goneSignal } from '../http/stop.ts';
import { attemptsOf, jobContext } from './start-job.ts';
import { LEASE_MS } from './worker.ts';

/** How a call ended, or the job as which it goes on. */
export type WithinBudget = { result: CallResult } | { job: Job };

/** One call, and how long its caller waits. */
export interface BudgetedCall {
  tool: Tool;
  input: unknown;
  budgetMs: number;
  request: Request;
  response: Response;
  scope: OnceScope | undefined;
}

/**
 * Makes the function that calls a tool and waits for its end for some time. What takes longer, or is under way when the
 * server stops, goes on as a job from where it is: nothing is put on record before that, so a call that is quick pays
 * for nothing. The function throws UserError WEBHOOK_INVALID.
 */
export function createBudget(context: ServerContext): (call: BudgetedCall) => Promise<WithinBudget> {
  const waiting = new Map<Promise<WithinBudget>, () => void>();
  context.onClose(async () => {
    for (const end of waiting.values()) end();
    await Promise.allSettled(waiting.keys());
  });
  return (call) => {
    const budget = Promise.withResolvers<void>();
    const answered = callWithin(context, call, budget).finally(() => waiting.delete(answered));
    waiting.set(answered, budget.resolve);
    return answered;
  };
}

async function callWithin(
  { host, store, calls, worker, questions }: ServerContext,
  options: BudgetedCall,
  budget: PromiseWithResolvers<void>,
): Promise<WithinBudget> {
  const { tool, input, budgetMs, request, response } = options;
  const scope = options.scope ?? store.idempotency.scope();
  const caller = callerOf(response);
  const requestId = requestIdOf(response);
  const idempotencyKey = request.get('idempotency-key');
  const context = jobContext(request, response);
  const stop = new AbortController();
  const leave = () => stop.abort();
  const gone = goneSignal(response);
  gone.addEventListener('abort', leave);

  let known: JobChange = {};
  let told: ((change: JobChange) => void) | undefined;
  const note = (change: JobChange) => {
    known = { ...known, ...change };
    told?.(change);
  };
  const adopted = Promise.withResolvers<Job>();
  const calling = calls.call({
    tool: tool.name,
    input,
    mode: 'cloud',
    caller,
    signal: stop.signal,
    log: logOf(response),
    requestId,
    serverUrl: serverUrlOf(host.plugin, request),
    scope,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    onProgress: (progress: Progress) => note(progress),
    answerer: {
      who: 'caller',
      async ask(question, signal) {
        // Nobody can answer a request that is still waiting for its answer.
        budget.resolve();
        return questions.answererOf((await adopted.promise).id, note).ask(question, signal);
      },
    },
  });

  const timer = setTimeout(budget.resolve, budgetMs);
  const result = await Promise.race([calling, budget.promise]);
  clearTimeout(timer);
  if (result !== undefined) return { result };

  // From here on it does not matter whether the caller is there.
  gone.removeEventListener('abort', leave);
  const { drafts, ...change } = known;
  known = {};
  const lease = await store.jobs
    .adopt(
      {
        tool: tool.name,
        input,
        context,
        owner: caller.owner,
        maxAttempts: attemptsOf(host, tool.name),
        ...(drafts === undefined ? {} : { drafts }),
      },
      { leaseMs: LEASE_MS, seed: scope.seed, change },
    )
    .catch((error) => {
      stop.abort();
      throw error;
    });
  const { job } = lease;
  // One write after the other, what came meanwhile first.
  let writes: Promise<unknown> = Promise.resolve();
  told = (one) => {
    writes = writes
      .then(() => store.jobs.progress(job.id, one, lease.lease))
      .catch((error) =>
        logOf(response).error('job progress was not kept', { job: job.id, error: String(error) }),
      );
  };
  if (Object.keys(known).length > 0) told(known);
  adopted.resolve(job);
  worker.adopt(
    lease,
    stop,
    calling.finally(() => writes),
  );
  return { job };
}
