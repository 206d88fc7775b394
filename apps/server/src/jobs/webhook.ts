import { createHmac } from 'node:crypto';
import type { ToolError } from '@cozecut/plugin-host';
import { isUserError } from '@cozecut/problems';
import type { Job, JobStore } from '@cozecut/store';
import { publicJob } from './public-job.ts';

/** Tool name of the jobs that tell others about the end of a job; no manifest can have it. */
export const WEBHOOK_TOOL = '~webhook';
/** How often one is told, over about a day. */
const ATTEMPTS = 12;
const TIMEOUT_MS = 10_000;

/** What a webhook says, and where. */
interface Delivery {
  url: string;
  body: { type: string; timestamp: string; data: unknown };
}

/** Queues the message about the end of a job, when its caller asked for one. */
export async function queueWebhook(jobs: JobStore, job: Job): Promise<boolean> {
  const { webhook: url } = (job.context ?? {}) as { webhook?: string };
  if (url === undefined) return false;
  const body = {
    type: `job.${job.state}`,
    timestamp: new Date(job.modifiedAt).toISOString(),
    data: publicJob(job),
  };
  const input: Delivery = { url, body };
  await jobs.enqueue({
    tool: WEBHOOK_TOOL,
    input,
    owner: job.owner,
    maxAttempts: ATTEMPTS,
    backoffMs: 5_000,
    once: `webhook:${job.id}`,
  });
  return true;
}

/**
 * Tells one address, signed as Standard Webhooks describes it: the receiver computes HMAC-SHA256 over
 * `id.timestamp.body` and compares. An address that is gone (410) wants to be told nothing more.
 *
 * @returns what went wrong, or nothing.
 */
export async function deliver(
  job: Job,
  options: { fetch: typeof fetch; secret: string | undefined; now(): number; signal: AbortSignal },
): Promise<ToolError | undefined> {
  const { url, body } = job.input as Delivery;
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(options.now() / 1000));
  const signature =
    options.secret === undefined
      ? {}
      : { 'webhook-signature': `v1,${sign(options.secret, `${job.id}.${timestamp}.${text}`)}` };
  try {
    const response = await options.fetch(url, {
      method: 'POST',
      body: text,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'webhook-id': job.id,
        'webhook-timestamp': timestamp,
        ...signature,
      },
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    if (response.ok) return undefined;
    const code = response.status === 410 ? 'UPSTREAM_REFUSED' : 'UPSTREAM_UNREACHABLE';
    return { code, message: `${new URL(url).host} answered with ${response.status}`, problems: [] };
  } catch (error) {
    const { message } = error as Error;
    const isDenied = isUserError(error) && error.code === 'EGRESS_DENIED';
    const code = isDenied ? error.code : 'UPSTREAM_UNREACHABLE';
    return { code, message: `${new URL(url).host}: ${message}`, problems: [] };
  }
}

/** A secret as services of webhooks give it out, `whsec_` and base64, stands for its bytes; any other for its text. */
function sign(secret: string, text: string): string {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const key = encoded === undefined ? secret : Buffer.from(encoded, 'base64');
  return createHmac('sha256', key).update(text).digest('base64');
}
