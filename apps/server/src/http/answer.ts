import { COZE_PREFIX } from '@cozecut/manifest';
import type { ToolError } from '@cozecut/plugin-host';
import type { Response } from 'express';
import { cozeFailure, publicProblem, statusOf } from '../problem-response.ts';
import { taskFailure } from '../sessions/envelope.ts';

/** A whole answer before it is sent, so that it can be kept and sent again. */
export interface Answer {
  status: number;
  /** JSON. */
  body: unknown;
  headers?: Record<string, string>;
  /** Whether the work was left before its end: what it does may still happen, or have happened. */
  isCutOff?: boolean;
}

/** An answer of 200. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Whether a call was left before its end. */
export function wasCutOff({ code }: ToolError): boolean {
  return CUT_OFF.has(code);
}

const CUT_OFF: ReadonlySet<string> = new Set(['CANCELLED', 'DEADLINE_EXCEEDED', 'INTERRUPTED']);

/**
 * A failure as `application/problem+json` (RFC 9457), in the form of the session service below its paths; to Coze with
 * 200, since it takes any other status for a broken plugin. A stranger is told so in any case.
 *
 * @param path - Path of the request, which tells who reads the answer.
 */
export function failed(error: ToolError, path: string): Answer {
  const status = statusOf(error.code);
  if (isForCoze(path) && ![401, 421].includes(status)) return { status: 200, body: cozeFailure(error) };
  if (SESSION_PATH.test(path)) return taskFailure(error);
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: 'about:blank',
      title: error.code,
      status,
      detail: error.message,
      code: error.code,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      problems: error.problems.map(publicProblem),
    },
  };
}

const SESSION_PATH = /^\/coze\/(?:sessions|chats)(?:[/?]|$)/i;

/** Whether the reader is Coze, to whom every status but 200 is a plugin that is broken. */
export function isForCoze(path: string): boolean {
  // As express reads paths: in any case.
  return path.toLowerCase().startsWith(`${COZE_PREFIX}/`);
}

/** Sends an answer. */
export function send(response: Response, { status, body, headers = {} }: Answer): void {
  const isGood = status >= 200 && status < 300;
  response
    .status(isGood && isForCoze(response.req.originalUrl) ? 200 : status)
    .set({ 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
