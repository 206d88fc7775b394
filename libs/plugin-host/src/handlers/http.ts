import { setTimeout as sleep } from 'node:timers/promises';
import type { HandlerRef, Tool } from '@cozecut/manifest';
import type { HandlerPorts, ToolContext, ToolHandler } from '../types.ts';
import { type Answer, excerpt, invalid, readAnswer, unreachable } from './http-answer.ts';
import { compileRequest, type HttpRequest } from './http-request.ts';
import { compile } from './template.ts';

type HttpRef = Extract<HandlerRef, { kind: 'http' }>;

const BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 8_000;

/**
 * Makes a handler that forwards the call to an HTTP API, through the egress rules only.
 *
 * The handler throws these errors, and what the egress rules and the secrets throw:
 *
 * @throws UserError HANDLER_TEMPLATE (at once) when a template cannot be read.
 * @throws UserError INPUT_INVALID when a value is missing or cannot be where its template puts it.
 * @throws UserError UPSTREAM_FAILED when the answer has another status than 2xx.
 * @throws UserError UPSTREAM_INVALID when the answer is not JSON, or not an object and nothing says what to take of it.
 * @throws UserError UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT when no answer came.
 */
export function httpHandler(tool: Tool, ref: HttpRef, ports: HandlerPorts): ToolHandler<unknown> {
  const requestFor = compileRequest(tool, ref);
  const response =
    ref.response === undefined
      ? undefined
      : compile(
          ref.response,
          { paths: ['data', 'status', 'input'], secrets: false },
          `the answer of ${tool.name}`,
        );
  // A call that is not known to be harmless when it is repeated is made once.
  const retries = ref.method === 'GET' || tool.effects.idempotent === true ? tool.retries : 0;
  const random = ports.random ?? Math.random;
  const wait = ports.wait ?? ((ms, signal) => sleep(ms, undefined, { signal }));

  return async (input, context) => {
    const secrets = new Set<string>();
    const secret = (reference: string): string => {
      const value = ports.secret?.(reference) ?? '';
      secrets.add(value);
      return value;
    };
    const request = requestFor({ input, ...(ports.secret === undefined ? {} : { secret }) });
    const redactText = (text: string) => redact(text, secrets);
    for (let attempt = 0; ; attempt += 1) {
      const answer = await ask(request, context, redactText);
      if (!('error' in answer)) return outputOf(answer, input, request.name, redactText);
      const { error, isPassing, retryAfterMs = 0 } = answer;
      const backoffMs = Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** attempt) * (0.5 + random() / 2);
      const waitMs = Math.max(retryAfterMs, Math.round(backoffMs));
      const isInTime = context.now() + waitMs < context.deadline;
      if (attempt >= retries || !isPassing || !isInTime) throw error;
      context.log.debug('an attempt failed and is repeated', { tool: tool.name, code: error.code, waitMs });
      await wait(waitMs, context.signal);
    }
  };

  function outputOf(
    { data, status }: { data: unknown; status: number },
    input: unknown,
    name: string,
    redactText: (text: string) => string,
  ): unknown {
    if (response !== undefined) return response({ input, data, status });
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
    const got = Array.isArray(data) ? 'a list' : excerpt(redactText(JSON.stringify(data)));
    throw invalid(
      `${name} must answer an object (got ${got})`,
      'write a response template in the handler, such as response: { items: $.data }',
    ).error;
  }
}

async function ask(
  request: HttpRequest,
  context: ToolContext,
  redactText: (text: string) => string,
): Promise<Answer> {
  const { name, url, init } = request;
  try {
    const response = await context.fetch(url, { ...init, signal: context.signal });
    return await readAnswer(response, { name, redact: redactText, now: context.now });
  } catch (cause) {
    context.signal.throwIfAborted();
    return unreachable(cause, name);
  }
}

/** Takes secrets out of a text, in every way in which they were sent. */
function redact(text: string, secrets: ReadonlySet<string>): string {
  const forms = [...secrets].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  return forms.filter((form) => form !== '').reduce((all, form) => all.replaceAll(form, '<secret>'), text);
}
