import type { JsonObject } from './json.ts';

/** A message that goes into a chat. */
export interface InputMessage {
  role: 'user' | 'assistant';
  content: string;
  /** `object_string` = JSON array of text, image, file and audio items; default `text`. */
  contentType?: 'text' | 'object_string';
  type?: string;
  metaData?: Record<string, string>;
}

/** What a chat is started with. */
export interface ChatParams {
  botId: string;
  /** Separates the memory of the bot per person. */
  userId: string;
  /** A new conversation is made when absent. */
  conversationId?: string | undefined;
  /** The last one is the input. */
  messages?: InputMessage[];
  /** Must be true when the bot may use local tools; default of the service: true. */
  autoSaveHistory?: boolean;
  customVariables?: Record<string, string>;
  metaData?: Record<string, string>;
  parameters?: Record<string, unknown>;
  publishStatus?: 'published_online' | 'unpublished_draft';
  botVersion?: string;
  /** A shortcut of the bot and what it is filled with. */
  shortcut?: { commandId: string; parameters?: Record<string, string> };
  /** `latitude`, `longitude`. */
  extraParams?: Record<string, string>;
  /** A question comes as a card. */
  enableCard?: boolean;
  connectorId?: string;
}

/** Outputs for every `function` call of an action. */
export interface SubmitParams {
  conversationId: string;
  chatId: string;
  /** `output` is text; by convention JSON that fits the schema of the tool. */
  outputs: { callId: string; output: string }[];
}

/** A message as it is sent. */
export function messageBody(message: InputMessage): JsonObject {
  return {
    role: message.role,
    type: message.type,
    content: message.content,
    content_type: message.contentType ?? 'text',
    meta_data: message.metaData,
  };
}

/** Body of `POST /v3/chat`; keys without a value are left out when it is written. */
export function chatBody(params: ChatParams, stream: boolean): JsonObject {
  return {
    bot_id: params.botId,
    user_id: params.userId,
    stream,
    auto_save_history: params.autoSaveHistory,
    additional_messages: params.messages?.map(messageBody),
    custom_variables: params.customVariables,
    meta_data: params.metaData,
    parameters: params.parameters,
    publish_status: params.publishStatus,
    bot_version: params.botVersion,
    shortcut_command: params.shortcut && {
      command_id: params.shortcut.commandId,
      parameters: params.shortcut.parameters,
    },
    extra_params: params.extraParams,
    enable_card: params.enableCard,
    connector_id: params.connectorId,
  };
}

/** Body of `POST /v3/chat/submit_tool_outputs`. */
export function submitBody(params: SubmitParams, stream: boolean): JsonObject {
  return {
    stream,
    tool_outputs: params.outputs.map(({ callId, output }) => ({ tool_call_id: callId, output })),
  };
}
