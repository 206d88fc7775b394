import type { ToolError } from '@cozecut/plugin-host';
import type { Problem } from '@cozecut/problems';

/** HTTP status of an error code; a code that is not listed is the caller's mistake: 400. */
const STATUS: Readonly<Record<string, number>> = {
  UNAUTHORIZED: 401,
  SCOPE_MISSING: 403,
  MEDIA_FORBIDDEN: 403,
  EGRESS_DENIED: 403,
  OUTPUT_FORBIDDEN: 403,
  FOLDER_NOT_WRITABLE: 403,
  MODE_NOT_ALLOWED: 403,
  ORIGIN_FORBIDDEN: 403,
  ROUTE_NOT_FOUND: 404,
  TOOL_UNKNOWN: 404,
  DRAFT_NOT_FOUND: 404,
  SEGMENT_NOT_FOUND: 404,
  TRACK_NOT_FOUND: 404,
  JOB_NOT_FOUND: 404,
  TOKEN_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  CHAT_NOT_FOUND: 404,
  BLOB_NOT_FOUND: 404,
  DRAFT_REVISION_NOT_FOUND: 404,
  ARCHIVE_NOT_FOUND: 404,
  FILE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  DRAFT_EXISTS: 409,
  DRAFT_CONFLICT: 409,
  DRAFT_IN_USE: 409,
  DRAFT_BUSY: 409,
  EDITOR_RUNNING: 409,
  ACTION_REQUIRED: 409,
  SESSION_BUSY: 409,
  JOB_NOT_ENDED: 409,
  JOB_INPUT_UNKNOWN: 409,
  IDEMPOTENCY_MISMATCH: 409,
  WORKFLOW_INTERRUPTED: 409,
  ANSWER_LOST: 409,
  JOB_NOT_WAITING: 409,
  LOCAL_BUSY: 409,
  LOCAL_OFF: 409,
  LOCAL_RUNNING: 409,
  LOCAL_WRONG_KIND: 409,
  NOTHING_ASKED: 409,
  QUESTION_ANSWERED: 409,
  INPUT_TOO_LARGE: 413,
  BLOB_TOO_LARGE: 413,
  CONTENT_TYPE_UNSUPPORTED: 415,
  RANGE_INVALID: 416,
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
  RATE_LIMITED: 429,
  INTERNAL: 500,
  OUTPUT_INVALID: 500,
  HANDLER_NOT_LOADED: 500,
  HANDLER_TEMPLATE: 500,
  CATALOG_MISSING: 500,
  INSTALL_INCOMPLETE: 500,
  PROCESSES_UNKNOWN: 500,
  SECRET_MISSING: 500,
  SECRET_INVALID: 500,
  WORKFLOW_ID_MISSING: 500,
  EXEC_NOT_FOUND: 500,
  EXEC_FAILED: 502,
  EXEC_OUTPUT_TOO_LARGE: 502,
  UPSTREAM_FAILED: 502,
  UPSTREAM_REFUSED: 502,
  TOO_MANY_ROUNDS: 502,
  UPSTREAM_INVALID: 502,
  UPSTREAM_UNREACHABLE: 502,
  INTERRUPTED: 503,
  CANCELLED: 503,
  STORE_BUSY: 503,
  STORE_CLOSED: 503,
  BLOBS_UNAVAILABLE: 503,
  MEDIA_BUSY: 503,
  DEADLINE_EXCEEDED: 504,
  UPSTREAM_TIMEOUT: 504,
  ANSWER_MISSING: 504,
  DISK_FULL: 507,
  QUOTA_EXCEEDED: 507,
  STORE_UNAVAILABLE: 503,
};

/** HTTP status that goes with an error code. */
export function statusOf(code: string): number {
  return STATUS[code] ?? 400;
}

/** Whether a failure is one of the server or its machine, which whoever runs it has to know of. */
export function isFault(code: string): boolean {
  return /^(?:INTERNAL$|OUTPUT_INVALID$|STORE_|BLOBS_|DISK_)/.test(code);
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
  const hints = [hint, ...problems.slice(0, 5).map((problem) => problem.hint)];
  const told = [message, ...others, ...hints].filter((part) => part !== undefined && part !== '');
  const text = [...new Set(told)].join('; ');
  return { success: false, error_code: code, message: text };
}
