import { cancelChat, listMessages, retrieveChat, startChat, submitToolOutputs } from './chat.ts';
import { createConversation, retrieveConversation } from './conversation.ts';
import type { Handler } from './route.ts';
import { runWorkflow } from './workflow.ts';

/** Every route of the `coze-cn` dialect, by method and path. */
export const ROUTES: Readonly<Record<string, Handler>> = {
  'POST /v3/chat': startChat,
  'GET /v3/chat/retrieve': retrieveChat,
  // Not documented, but official clients send it.
  'POST /v3/chat/retrieve': retrieveChat,
  'GET /v3/chat/message/list': listMessages,
  'POST /v3/chat/submit_tool_outputs': submitToolOutputs,
  'POST /v3/chat/cancel': cancelChat,
  'POST /v1/workflow/run': runWorkflow,
  'POST /v1/conversation/create': createConversation,
  'GET /v1/conversation/retrieve': retrieveConversation,
};
