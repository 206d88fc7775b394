import type { ChatEvent } from '../chat-events.ts';
import { type ChatflowParams, chatflowBody } from '../chatflow-params.ts';
import { decodeWorkflow } from '../decode.ts';
import { localError } from '../errors.ts';
import { expectList, expectObject } from '../expect.ts';
import { callEnvelope, callJson } from '../http.ts';
import { asText } from '../json.ts';
import type { Page, WorkflowSummary } from '../objects.ts';
import type { CallOptions } from '../ports.ts';
import { recoverRun } from '../recover-run.ts';
import { type ApiRequest, operationOf } from '../request.ts';
import {
  decodeHistory,
  decodeStartedRun,
  decodeWorkflowRun,
  type RunHistory,
  type RunRef,
  resumeBody,
  runBody,
  type StartedRun,
  type WorkflowResumeParams,
  type WorkflowRun,
  type WorkflowRunParams,
} from '../workflow.ts';
import { createWorkflowDecoder, type WorkflowEvent } from '../workflow-events.ts';
import { type ApiContext, streamChat, streamEvents } from './context.ts';

/** Workflows and chatflows. */
export interface WorkflowsApi {
  /**
   * Runs a published workflow until it ends or asks something. Coze cuts a run off that says nothing for 90 s. Not
   * safe to repeat: a run without an answer may have acted.
   */
  run(params: WorkflowRunParams, options?: CallOptions): Promise<WorkflowRun>;
  /** Begins a run that goes on without us; `recover` waits for it. Some plans have none: `COZE_PLAN_LACKS_ASYNC`. */
  runAsync(params: WorkflowRunParams, options?: CallOptions): Promise<StartedRun>;
  /** Answers an interrupt of `run`. A self-hosted service has no such route: `COZE_NOT_SUPPORTED`. */
  resume(params: WorkflowResumeParams, options?: CallOptions): Promise<WorkflowRun>;
  /** Answers an interrupt of `runAsync`. */
  resumeAsync(params: WorkflowResumeParams, options?: CallOptions): Promise<StartedRun>;
  /** Runs a workflow; sent at once. Ends normally only after `done` or `interrupt`. */
  stream(params: WorkflowRunParams, options?: CallOptions): AsyncIterableIterator<WorkflowEvent>;
  /** Answers an interrupt of `stream`; all numbers begin with 0 again. Coze takes three answers to a question. */
  streamResume(params: WorkflowResumeParams, options?: CallOptions): AsyncIterableIterator<WorkflowEvent>;
  /** A turn of a chatflow. Tool outputs cannot be submitted here: a question is answered by the next turn. */
  chat(params: ChatflowParams, options?: CallOptions): AsyncIterableIterator<ChatEvent>;
  /** What is known of a run. */
  history(run: RunRef, options?: CallOptions): Promise<RunHistory>;
  /** Looks at a run, once a second, until it is at rest (default deadline 600 000 ms). Only reads. */
  recover(run: RunRef, options?: CallOptions): Promise<RunHistory>;
  /** What a node gave; `nodeUuid` is in `raw.node_execute_status` of the history. */
  nodeOutput(run: RunRef & { nodeUuid: string }, options?: CallOptions): Promise<NodeOutput>;
  /** Published workflows of a workspace, page by page from 1. */
  list(params: ListWorkflowsParams, options?: CallOptions): Promise<Page<WorkflowSummary>>;
}

/** What one node gave. */
export interface NodeOutput {
  isFinished: boolean;
  output: string;
}

/** Which workflows are listed. */
export interface ListWorkflowsParams {
  workspaceId: string;
  mode?: 'workflow' | 'chatflow';
  appId?: string;
  /** Page number from 1, default 1. */
  page?: number;
  /** Items on a page, default 20. */
  pageSize?: number;
}

/** A run without a stream is cut after 90 s without a word; what is cut should be told by Coze, not by us. */
const RUN_DEADLINE_MS = 100_000;

/** Workflows of one client. */
export function workflowsApi(context: ApiContext): WorkflowsApi {
  const { http, dialect } = context;
  const post = (path: string, body: object): ApiRequest => ({ method: 'POST', path, body });
  const run = async (request: ApiRequest, call: CallOptions = {}) =>
    decodeWorkflowRun(
      await callEnvelope(http, request, { deadlineMs: RUN_DEADLINE_MS, ...call }),
      operationOf(request),
    );
  const start = async (request: ApiRequest, call?: CallOptions) =>
    decodeStartedRun(await callEnvelope(http, request, call), operationOf(request));
  const stream = (request: ApiRequest, call: CallOptions = {}) =>
    streamEvents<WorkflowEvent>(context, request, createWorkflowDecoder(), call);

  const api: WorkflowsApi = {
    run: (params, call) => run(post('/v1/workflow/run', runBody(params)), call),
    runAsync: (params, call) => start(post('/v1/workflow/run', { ...runBody(params), is_async: true }), call),
    resume: (params, call) => run(post('/v1/workflows/resume', resumeBody(params)), call),
    resumeAsync: (params, call) => start(post('/v1/workflows/resume', resumeBody(params)), call),
    stream: (params, call) => stream(post('/v1/workflow/stream_run', runBody(params)), call),
    streamResume: (params, call) => stream(post('/v1/workflow/stream_resume', resumeBody(params)), call),
    chat: (params, call = {}) => streamChat(context, post('/v1/workflows/chat', chatflowBody(params)), call),
    async history({ workflowId, executeId }, call) {
      const request: ApiRequest = { method: 'GET', ...dialect.runHistory(workflowId, executeId) };
      const operation = operationOf(request);
      const [entry] = expectList(await callJson(http, request, call), operation);
      if (!entry) throw localError('BAD_RESPONSE', 'expected a run in data, got none', { operation });
      return decodeHistory(entry);
    },
    recover: (ref, call = {}) => recoverRun({ clock: http.clock, history: api.history }, ref, call),
    async nodeOutput({ workflowId, executeId, nodeUuid }, call) {
      const path = `/v1/workflows/${encodeURIComponent(workflowId)}/run_histories/${encodeURIComponent(executeId)}/execute_nodes/${encodeURIComponent(nodeUuid)}`;
      const request: ApiRequest = { method: 'GET', path };
      const value = expectObject(await callJson(http, request, call), operationOf(request));
      return { isFinished: value.is_finish === true, output: asText(value.node_output) };
    },
    // Not in this version of the SDK.
    async list({ workspaceId, mode, appId, page = 1, pageSize = 20 }, call) {
      const query = {
        workspace_id: workspaceId,
        workflow_mode: mode,
        app_id: appId,
        page_num: String(page),
        page_size: String(pageSize),
      };
      const request: ApiRequest = { method: 'GET', path: '/v1/workflows', query };
      const operation = operationOf(request);
      const data = expectObject(await callJson(http, request, call), operation);
      return {
        items: expectList(data.items, operation).map(decodeWorkflow),
        hasMore: data.has_more === true,
      };
    },
  };
  return api;
}
