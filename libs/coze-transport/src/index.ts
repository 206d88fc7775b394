/**
 * Coze chats and workflows over HTTP: typed events, typed errors, and no stream that ends silently.
 *
 * @packageDocumentation
 */
export { parseJson } from '@cozecut/problems';
export type { BotsApi, ListBotsParams, WorkspacesApi } from './api/bots.ts';
export type { ChatApi } from './api/chat.ts';
export type {
  ConversationsApi,
  CreateConversationParams,
  ListMessagesParams,
  MessagePage,
} from './api/conversations.ts';
export type { FilesApi, UploadParams } from './api/files.ts';
export type { ListWorkflowsParams, NodeOutput, WorkflowsApi } from './api/workflows.ts';
export type { CozeAuthMethod, SecretReference, SignInMethod } from './auth/method.ts';
export type { CozeAuthOptions } from './auth/options.ts';
export { tokenKey } from './auth/renew.ts';
export {
  type BrowserSignIn,
  beginBrowserSignIn,
  type DevicePrompt,
  type SignInOptions,
  signInWithDevice,
  signOut,
} from './auth/sign-in.ts';
export { createTokenSource } from './auth/token-source.ts';
export { memoryTokenStore, type TokenSet, type TokenStore } from './auth/tokens.ts';
export type { ChatEvent } from './chat-events.ts';
export type { ChatParams, InputMessage, SubmitParams } from './chat-params.ts';
export type { ChatflowParams } from './chatflow-params.ts';
export { baseUrlOf, type CozeClient, type CozeClientOptions, createCozeClient } from './client.ts';
export type { CozeRegion } from './dialect.ts';
export { REMOTE_CODES, type RemoteCode, type RetryClass } from './error-table.ts';
export { CozeError, type CozeErrorDetails, isCozeError, isLoss, type LocalCode } from './errors.ts';
export type { Gap } from './gaps.ts';
export type { JsonObject } from './json.ts';
export type {
  BotSummary,
  Chat,
  ChatRef,
  ChatStatus,
  Conversation,
  Message,
  Page,
  ToolCall,
  UploadedFile,
  WorkflowSummary,
  Workspace,
} from './objects.ts';
export {
  type CallOptions,
  type Clock,
  type Log,
  systemClock,
  type TokenRequest,
  type TokenSource,
} from './ports.ts';
export type { RecoveredChat } from './recover-chat.ts';
export { DEFAULT_RETRY, type RetryPolicy } from './retry.ts';
export type {
  InterruptKind,
  RunHistory,
  RunRef,
  StartedRun,
  WorkflowInterrupt,
  WorkflowParameter,
  WorkflowResumeParams,
  WorkflowRun,
  WorkflowRunParams,
} from './workflow.ts';
export type { NodeMessage, WorkflowEvent } from './workflow-events.ts';
