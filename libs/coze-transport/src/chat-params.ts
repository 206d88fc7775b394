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
}

/** Outputs for every `function` call of an action. */
export interface SubmitParams {
  conversationId: string;
  chatId: string;
  /** `output` is text; by convention JSON that fits the schema of the tool. */
  outputs: { callId: string; output: string }[];
}

/** Body of `POST /v3/chat`; keys without a value are left out when it is written. */
export function chatBody(params: ChatParams): object {
  return {
    bot_id: params.botId,
    user_id: params.userId,
    stream: true,
    auto_save_history: params.autoSaveHistory,
    additional_messages: params.messages?.map((message) => ({
      role: message.role,
      type: message.type,
      content: message.content,
      content_type: message.contentType ?? 'text',
      meta_data: message.metaData,
    })),
    custom_variables: params.customVariables,
    meta_data: params.metaData,
    parameters: params.parameters,
    publish_status: params.publishStatus,
    bot_version: params.botVersion,
  };
}

/** Body of `POST /v3/chat/submit_tool_outputs`. */
export function submitBody(params: SubmitParams): object {
  return {
    stream: true,
    tool_outputs: params.outputs.map(({ callId, output }) => ({ tool_call_id: callId, output })),
  };
}
