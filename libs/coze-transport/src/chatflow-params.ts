import { type InputMessage, messageBody } from './chat-params.ts';
import type { JsonObject } from './json.ts';

/** What a turn of a chatflow is started with. */
export interface ChatflowParams {
  workflowId: string;
  /** The last one is the input; to answer a question send the answer in the same conversation. Text only, up to 50. */
  messages: InputMessage[];
  parameters?: Record<string, unknown>;
  /** Exactly one of the two. */
  appId?: string;
  botId?: string;
  /** One that was made with the same token; a new one is made when absent. */
  conversationId?: string | undefined;
  ext?: Record<string, string>;
  workflowVersion?: string;
  connectorId?: string;
}

/** Body of `POST /v1/workflows/chat`. */
export function chatflowBody(params: ChatflowParams): JsonObject {
  return {
    workflow_id: params.workflowId,
    additional_messages: params.messages.map(messageBody),
    // Required, also when empty.
    parameters: params.parameters ?? {},
    app_id: params.appId,
    bot_id: params.botId,
    conversation_id: params.conversationId,
    ext: params.ext,
    workflow_version: params.workflowVersion,
    connector_id: params.connectorId,
  };
}
