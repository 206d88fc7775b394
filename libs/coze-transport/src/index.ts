/**
 * Coze chats and workflows over HTTP: typed events, typed errors, and no stream that ends silently.
 *
 * @packageDocumentation
 */
export type { ChatEvent } from './chat-events.ts';
export type { ChatParams, InputMessage, SubmitParams } from './chat-params.ts';
export { type ChatRef, type CozeClient, type CozeClientOptions, createCozeClient } from './client.ts';
export { REMOTE_CODES, type RemoteCode, type RetryClass } from './error-table.ts';
export { CozeError, type CozeErrorDetails, isCozeError, type LocalCode } from './errors.ts';
export { parseJson } from './json.ts';
export type { Chat, ChatStatus, Conversation, Message, ToolCall } from './objects.ts';
export { type CallOptions, type Clock, type Log, systemClock, type TokenSource } from './ports.ts';
export type {
  WorkflowInterrupt,
  WorkflowParameter,
  WorkflowResumeParams,
  WorkflowRun,
  WorkflowRunParams,
} from './workflow.ts';
