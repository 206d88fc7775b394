import { COZE_PREFIX } from '@cozecut/manifest';
import type { ToolError } from '@cozecut/plugin-host';
import type { Problem } from '@cozecut/problems';
import type { ErrorRequestHandler, Response } from 'express';

/** HTTP status of an error code; a code that is not listed is the caller's mistake: 400. */
const STATUS: Readonly<Record<string, number>> = {
  UNAUTHORIZED: 401,
  MEDIA_FORBIDDEN: 403,
  EGRESS_DENIED: 403,
  OUTPUT_FORBIDDEN: 403,
  FOLDER_NOT_WRITABLE: 403,
  MODE_NOT_ALLOWED: 403,
  ROUTE_NOT_FOUND: 404,
  TOOL_UNKNOWN: 404,
  DRAFT_NOT_FOUND: 404,
  SEGMENT_NOT_FOUND: 404,
  TRACK_NOT_FOUND: 404,
  JOB_NOT_FOUND: 404,
  ARCHIVE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  DRAFT_EXISTS: 409,
  DRAFT_CONFLICT: 409,
  WORKFLOW_INTERRUPTED: 409,
  INPUT_TOO_LARGE: 413,
  CONTENT_TYPE_UNSUPPORTED: 415,
  HOST_UNKNOWN: 421,
  DRAFT_INVALID: 422,
  DRAFT_EDIT_FAILED: 422,
  MEDIA_NOT_FOUND: 422,
  MEDIA_UNSUPPORTED: 422,
  MEDIA_UNREACHABLE: 422,
  MEDIA_TOO_LARGE: 422,
  MEDIA_TIMEOUT: 422,
  MEDIA_TRUNCATED: 422,
  MEDIA_UNREADABLE: 422,
  MEDIA_CHANGED: 422,
  INTERNAL: 500,
  OUTPUT_INVALID: 500,
  HANDLER_NOT_LOADED: 500,
  HANDLER_TEMPLATE: 500,
  CATALOG_MISSING: 500,
  SECRET_MISSING: 500,
  SECRET_INVALID: 500,
  WORKFLOW_ID_MISSING: 500,
  EXEC_NOT_FOUND: 500,
  EXEC_FAILED: 502,
  EXEC_OUTPUT_TOO_LARGE: 502,
  UPSTREAM_FAILED: 502,
  UPSTREAM_INVALID: 502,
  UPSTREAM_UNREACHABLE: 502,
  INTERRUPTED: 503,
  CANCELLED: 503,
  DEADLINE_EXCEEDED: 504,
  UPSTREAM_TIMEOUT: 504,
  DISK_FULL: 507,
};

/** HTTP status that goes with an error code. */
export function statusOf(code: string): number {
  return STATUS[code] ?? 400;
}

/** What a distant caller sees of a finding: nothing about files of this machine. */
export function publicProblem({ code, severity, message, pointer, hint, suggestions }: Problem) {
  return {
    code,
    severity,
    message,
    ...(pointer ? { pointer } : {}),
    ...(hint ? { hint } : {}),
    ...(suggestions?.length ? { suggestions } : {}),
  };
}

/** A failure as Coze reads it: in the declared fields of an ordinary answer. */
export function cozeFailure({ code, message, hint, problems }: ToolError) {
  // Everything a model needs to do it right the next time, in one text.
  const others = problems.slice(1, 5).map((problem) => problem.message);
  const text = [message, ...others, ...(hint === undefined ? [] : [hint])].join('; ');
  return { success: false, error_code: code, message: text };
}

/**
 * Answers with `application/problem+json` (RFC 9457); to Coze with 200, since it takes any other status for a broken
 * plugin. A stranger is told so in either case.
 */
export function sendProblem(response: Response, error: ToolError): void {
  const status = statusOf(error.code);
  if (response.req.originalUrl.startsWith(`${COZE_PREFIX}/`) && status !== 401 && status !== 421) {
    response.status(200).json(cozeFailure(error));
    return;
  }
  response
    .status(status)
    .type('application/problem+json')
    .json({
      type: 'about:blank',
      title: error.code,
      status,
      detail: error.message,
      code: error.code,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      problems: error.problems.map(publicProblem),
    });
}

/** Turns what express and its parsers throw into a problem. */
export function errorHandler(onFault: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const failure = asToolError(error);
    if (failure.code === 'INTERNAL') onFault(error);
    sendProblem(response, failure);
  };
}

function asToolError(error: unknown): ToolError {
  const { type, message, limit, code, problems, hint } = error as {
    type?: string;
    message: string;
    limit?: number;
    code?: string;
    problems?: Problem[];
    hint?: string;
  };
  switch (type) {
    case 'entity.parse.failed':
      return { code: 'INPUT_INVALID', message: `the body is not JSON: ${message}`, problems: [] };
    case 'entity.too.large':
      return { code: 'INPUT_TOO_LARGE', message: `the body may have ${limit} bytes`, problems: [] };
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return { code: 'CONTENT_TYPE_UNSUPPORTED', message: message, problems: [] };
    case 'request.aborted':
    case 'request.size.invalid':
      return { code: 'INPUT_INVALID', message: 'the body ended too early', problems: [] };
  }
  if (error instanceof Error && error.name === 'UserError' && code !== undefined) {
    return { code, message, problems: problems ?? [], ...(hint === undefined ? {} : { hint }) };
  }
  if (error instanceof URIError)
    return { code: 'INPUT_INVALID', message: 'the path is not valid', problems: [] };
  return {
    code: 'INTERNAL',
    message: 'something went wrong inside the server; the log has the details',
    problems: [],
  };
}
