import { cancelChat, listMessages, retrieveChat, startChat } from './chat.ts';
import { runChatflow } from './chatflow.ts';
import {
  clearConversation,
  createConversation,
  deleteConversation,
  listConversations,
  renameConversation,
  retrieveConversation,
} from './conversation.ts';
import { retrieveFile, uploadFile } from './files.ts';
import { nodeOutput, runHistory, studioRunHistory } from './history.ts';
import { listBots, listWorkflows, listWorkspaces, retrieveBot } from './lists.ts';
import {
  createMessage,
  deleteMessage,
  listConversationMessages,
  modifyMessage,
  retrieveMessage,
} from './messages.ts';
import { authorizePage, deviceCode, oauthToken } from './oauth.ts';
import { convertRoute, listToolsRoute, registerPluginRoute } from './plugin.ts';
import type { RouteEntry } from './router.ts';
import { submitToolOutputs } from './submit.ts';
import { resumeWorkflow, runWorkflow, streamResume, streamWorkflow } from './workflow.ts';

const OAUTH = '/api/permission/oauth2';
const MESSAGE = '/v1/conversation/message';

/** Every route: method and path, the permission that its token needs, what is different on a self-hosted service. */
export const ROUTES: readonly RouteEntry[] = [
  { route: 'POST /v3/chat', permission: 'chat', handler: startChat },
  { route: 'GET /v3/chat/retrieve', permission: 'getChat', handler: retrieveChat },
  // Not documented, but official clients send it.
  { route: 'POST /v3/chat/retrieve', permission: 'getChat', handler: retrieveChat, not: 'studio' },
  { route: 'GET /v3/chat/message/list', permission: 'listMessage', handler: listMessages },
  {
    route: 'POST /v3/chat/submit_tool_outputs',
    permission: 'submitToolChat',
    handler: submitToolOutputs,
    not: 'studio',
  },
  { route: 'POST /v3/chat/cancel', permission: 'cancelChat', handler: cancelChat },
  { route: 'POST /v1/conversation/create', permission: 'createConversation', handler: createConversation },
  { route: 'GET /v1/conversation/retrieve', handler: retrieveConversation },
  { route: 'GET /v1/conversations', handler: listConversations },
  { route: 'PUT /v1/conversations/:id', handler: renameConversation },
  { route: 'DELETE /v1/conversations/:id', handler: deleteConversation },
  { route: 'POST /v1/conversations/:id/clear', handler: clearConversation },
  { route: `POST ${MESSAGE}/create`, permission: 'createMessage', handler: createMessage, not: 'studio' },
  { route: `POST ${MESSAGE}/list`, permission: 'listMessage', handler: listConversationMessages },
  { route: `GET ${MESSAGE}/retrieve`, handler: retrieveMessage, not: 'studio' },
  { route: `POST ${MESSAGE}/modify`, handler: modifyMessage, not: 'studio' },
  { route: `POST ${MESSAGE}/delete`, handler: deleteMessage, not: 'studio' },
  { route: 'POST /v1/files/upload', permission: 'uploadFile', handler: uploadFile },
  { route: 'GET /v1/files/retrieve', handler: retrieveFile, not: 'studio' },
  { route: 'POST /v1/workflow/run', permission: 'run', handler: runWorkflow },
  { route: 'POST /v1/workflow/stream_run', permission: 'run', handler: streamWorkflow },
  { route: 'POST /v1/workflow/stream_resume', permission: 'run', handler: streamResume },
  { route: 'POST /v1/workflows/resume', permission: 'run', handler: resumeWorkflow, not: 'studio' },
  {
    route: 'GET /v1/workflows/:workflow/run_histories/:execution',
    permission: 'listRunHistory',
    handler: runHistory,
    not: 'studio',
  },
  {
    route: 'GET /v1/workflows/:workflow/run_histories/:execution/execute_nodes/:node',
    permission: 'listRunHistory',
    handler: nodeOutput,
    not: 'studio',
  },
  { route: 'GET /v1/workflow/get_run_history', handler: studioRunHistory, not: 'cloud' },
  { route: 'POST /v1/workflows/chat', permission: 'run', handler: runChatflow },
  { route: 'GET /v1/workflows', handler: listWorkflows, not: 'studio' },
  { route: 'GET /v1/bots', handler: listBots, not: 'studio' },
  { route: 'GET /v1/bots/:id', handler: retrieveBot },
  { route: 'GET /v1/workspaces', handler: listWorkspaces, not: 'studio' },
  { route: `POST ${OAUTH}/token`, handler: oauthToken, isOpen: true },
  { route: `POST ${OAUTH}/account/:account/token`, handler: oauthToken, isOpen: true },
  { route: `POST ${OAUTH}/device/code`, handler: deviceCode, isOpen: true },
  { route: `POST ${OAUTH}/workspace_id/:workspace/device/code`, handler: deviceCode, isOpen: true },
  { route: `GET ${OAUTH}/authorize`, handler: authorizePage, isOpen: true },
  { route: `GET ${OAUTH}/workspace_id/:workspace/authorize`, handler: authorizePage, isOpen: true },
  { route: 'POST /api/plugin_api/register', handler: registerPluginRoute },
  { route: 'POST /api/plugin_api/convert_to_openapi', handler: convertRoute },
  { route: 'POST /api/plugin_api/get_plugin_apis', handler: listToolsRoute },
];
