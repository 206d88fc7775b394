import type { ToolError } from '@cozecut/plugin-host';
import type { Problem } from '@cozecut/problems';
import type { ErrorRequestHandler, Response } from 'express';
import { isFault } from '../problem-response.ts';
import { failed, send } from './answer.ts';

/** Sends a failure in the form that its reader understands. */
export function sendProblem(response: Response, error: ToolError): void {
  send(response, failed(error, response.req.originalUrl));
}

/** Turns what express and its parsers throw into a problem. */
export function errorHandler(onFault: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const failure = asToolError(error);
    if (isFault(failure.code)) onFault(error);
    sendProblem(response, failure);
  };
}

function asToolError(error: unknown): ToolError {
  const { type, status, expose, message, limit, code, problems, hint } = error as {
    type?: string;
    status?: number;
    expose?: boolean;
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
  if (status === 416) return { code: 'RANGE_INVALID', message: 'the file has no such range', problems: [] };
  // What else express and its parsers refuse, such as a body that is not packed as its headers say.
  if (expose === true) return { code: 'INPUT_INVALID', message: 'the request cannot be read', problems: [] };
  return {
    code: 'INTERNAL',
    message: 'something went wrong inside the server; the log has the details',
    problems: [],
  };
}
