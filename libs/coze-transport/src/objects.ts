/** Status of a chat; `unknown` is one that this version has not heard of. */
export type ChatStatus =
  | 'created'
  | 'in_progress'
  | 'completed'
  | 'failed'
  | 'requires_action'
  | 'canceled'
  | 'unknown';

/** A call that Coze wants an answer to. */
export interface ToolCall {
  /** Opaque; may be blank. */
  id: string;
  /**
   * `function` = a tool to run. `reply_message` = the bot waits for a message of the person. `require_info` = it
   * wants the facts in `infos`.
   */
  type: 'function' | 'reply_message' | 'require_info' | (string & {});
  /** Missing for calls that are not functions. `arguments` is JSON text, blank for a tool without parameters. */
  function: { name: string; arguments: string } | undefined;
  infos: string[];
}

/** A chat: one question and everything until its answer. Ids are text, times Unix seconds. */
export interface Chat {
  id: string;
  conversationId: string;
  botId: string;
  status: ChatStatus;
  createdAt: number | undefined;
  completedAt: number | undefined;
  /** Why it failed; missing when the service sends code 0. */
  lastError: { code: string; message: string } | undefined;
  /** Calls of the open action; only with status `requires_action`. */
  toolCalls: ToolCall[];
  usage: { total: number; output: number; input: number } | undefined;
}

/** A message of a chat. */
export interface Message {
  id: string;
  conversationId: string;
  chatId: string;
  botId: string;
  role: string;
  /** `answer`, `function_call`, `tool_response`, `verbose`, `follow_up`, `knowledge`, … */
  type: string;
  content: string;
  /** `text`, `object_string`, `card`, `audio` */
  contentType: string;
  reasoningContent: string;
  createdAt: number | undefined;
}

/** A conversation. */
export interface Conversation {
  id: string;
  createdAt: number | undefined;
  metaData: Record<string, string>;
}
