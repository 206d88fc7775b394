import type { Host } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { Job, OnceScope } from '@cozecut/store';
import type { Request, Response } from 'express';
import type { ServerContext } from '../context.ts';
import { callerOf } from '../http/caller.ts';
import { requestIdOf } from '../http/request-log.ts';
import { waitsEnd } from '../http/stop.ts';
import { settledWithin } from './settled.ts';
import type { JobContext } from './worker.ts';

/**
 * A job whose tool may be repeated is begun so often when its process ends or what it needs from outside is not there;
 * one whose tool may not is begun once.
 */
const ATTEMPTS = 3;

/**
 * Queues a tool call for the caller of a request, and waits a little for its end. The header `Cozecut-Webhook` names an
 * address that is told of it.
 *
 * @throws UserError WEBHOOK_INVALID
 */
export async function startJob(
  { host, store, worker, jobWaitMs }: ServerContext,
  options: {
    tool: string;
    input: unknown;
    request: Request;
    response: Response;
    scope: OnceScope | undefined;
    /** What has to be known before the caller is answered. */
    isKnown?: (job: Job) => boolean;
  },
): Promise<Job> {
  const { tool, input, request, response, scope } = options;
  const job = await store.jobs.enqueue({
    tool,
    input,
    context: jobContext(request, response),
    owner: callerOf(response).owner,
    maxAttempts: attemptsOf(host, tool),
    ...(scope === undefined ? {} : { once: scope.once() }),
  });
  worker.wake();
  return settledWithin(store, job, jobWaitMs, options.isKnown, waitsEnd(response));
}

/**
 * What a job remembers of the request that asked for it.
 *
 * @throws UserError WEBHOOK_INVALID
 */
export function jobContext(request: Request, response: Response): JobContext {
  const webhook = webhookOf(request.get('cozecut-webhook'));
  return { requestId: requestIdOf(response), ...(webhook === undefined ? {} : { webhook }) };
}

/** How often a job of a tool may be begun. */
export function attemptsOf(host: Host, tool: string): number {
  const mayRepeat = host.tools.find(({ name }) => name === tool)?.effects.idempotent !== false;
  return mayRepeat ? ATTEMPTS : 1;
}

function webhookOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '') return url.href;
  throw new UserError('WEBHOOK_INVALID', 'Cozecut-Webhook must be an http or https address');
}
