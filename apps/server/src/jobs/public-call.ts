import type { CallRecord } from '@cozecut/store';

/** A call as its owner sees it. */
export function publicCall(call: CallRecord) {
  return {
    id: call.id,
    tool: call.tool,
    mode: call.mode,
    status: call.status,
    code: call.code,
    message: call.message,
    request_id: call.requestId,
    draft_id: call.draftId,
    job_id: call.jobId,
    started_at: new Date(call.startedAt).toISOString(),
    duration_ms: call.durationMs,
  };
}
