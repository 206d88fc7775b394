import type { HandlerRef, Tool } from '@cozecut/manifest';
import type { HandlerPorts, ToolContext, ToolHandler } from '../types.ts';
import { type Answer, excerpt, invalid, readAnswer, unreachable } from './http-answer.ts';
import { compileRequest, type HttpRequest } from './http-request.ts';
import { compile } from './template.ts';

const KEY_HEADER = 'idempotency-key';

type HttpRef = Extract<HandlerRef, { kind: 'http' }>;

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

  return async (input, context) => {
    const secrets = new Set<string>();
    const secret = (reference: string): string => {
      const value = ports.secret?.(reference) ?? '';
      secrets.add(value);
      return value;
    };
    const request = requestFor({ input, ...(ports.secret === undefined ? {} : { secret }) });
    sendKey(request, tool, context);
    const redactText = (text: string) => redact(text, secrets);
    const answer = await ask(request, context, redactText);
    return outputOf(answer, input, request.name, redactText);
  };

  function outputOf(
    { data, status }: Answer,
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
    );
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
    throw unreachable(cause, name);
  }
}

/** The other side is told the key of the call, so that it can tell a repeated call from a new one. */
function sendKey({ init }: HttpRequest, { effects }: Tool, { idempotencyKey }: ToolContext): void {
  const headers = init.headers as Headers;
  if (effects.idempotent !== 'key' || idempotencyKey === undefined || headers.has(KEY_HEADER)) return;
  headers.set(KEY_HEADER, idempotencyKey);
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
