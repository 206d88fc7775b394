import type { JsonObject } from './json.ts';

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
  /** The object as it came, with what this version does not know. */
  raw: JsonObject;
}

/** A chat is found by both of its ids. */
export interface ChatRef {
  conversationId: string;
  chatId: string;
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
  /** The object as it came, with what this version does not know. */
  raw: JsonObject;
}

/** A conversation. */
export interface Conversation {
  id: string;
  createdAt: number | undefined;
  metaData: Record<string, string>;
  /** Changes when the context was cleared. */
  sectionId: string;
  name: string;
  /** The object as it came, with what this version does not know. */
  raw: JsonObject;
}

/** A file that was uploaded; kept three months, for the account that uploaded it. */
export interface UploadedFile {
  id: string;
  name: string;
  sizeBytes: number;
  createdAt: number | undefined;
}

/** A bot as lists show it. */
export interface BotSummary {
  id: string;
  name: string;
  description: string;
  isPublished: boolean;
  updatedAt: number | undefined;
  raw: JsonObject;
}

/** A workspace that the token can see. */
export interface Workspace {
  id: string;
  name: string;
  /** `personal` or `team`. */
  type: string;
  /** Role of the caller, such as `owner`. */
  role: string;
  raw: JsonObject;
}

/** A workflow or chatflow as lists show it. */
export interface WorkflowSummary {
  id: string;
  name: string;
  description: string;
  /** Blank for a workflow that belongs to no app. */
  appId: string;
  raw: JsonObject;
}

/** One page of a list; `hasMore` says whether the next number has something. */
export interface Page<T> {
  items: T[];
  hasMore: boolean;
}
