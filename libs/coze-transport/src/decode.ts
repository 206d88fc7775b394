import { asNumber, asObject, asText, type JsonObject } from './json.ts';
import type {
  BotSummary,
  Chat,
  ChatStatus,
  Conversation,
  Message,
  ToolCall,
  UploadedFile,
  WorkflowSummary,
  Workspace,
} from './objects.ts';

const STATUSES: ReadonlyMap<string, ChatStatus> = new Map([
  ['created', 'created'],
  ['in_progress', 'in_progress'],
  ['completed', 'completed'],
  // Seen in samples of the service.
  ['compleated', 'completed'],
  ['failed', 'failed'],
  ['requires_action', 'requires_action'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
]);

/**
 * Reads a chat leniently: ids may be numbers, codes may be text, anything may be missing.
 *
 * @param status - What the event that carries the chat says about its status; it wins.
 */
export function decodeChat(value: JsonObject, status?: ChatStatus): Chat {
  const actual = status ?? STATUSES.get(asText(value.status)) ?? 'unknown';
  const code = asText(asObject(value.last_error)?.code);
  const usage = asObject(value.usage);
  return {
    id: asText(value.id),
    conversationId: asText(value.conversation_id),
    botId: asText(value.bot_id),
    status: actual,
    createdAt: asNumber(value.created_at),
    completedAt: asNumber(value.completed_at),
    lastError:
      code === '' || code === '0' ? undefined : { code, message: asText(asObject(value.last_error)?.msg) },
    // An ended chat may carry an empty action: only the status decides.
    toolCalls: actual === 'requires_action' ? decodeToolCalls(value.required_action) : [],
    usage: usage && {
      total: asNumber(usage.token_count) ?? 0,
      output: asNumber(usage.output_count) ?? asNumber(usage.output_tokens) ?? 0,
      input: asNumber(usage.input_count) ?? asNumber(usage.input_tokens) ?? 0,
    },
    raw: value,
  };
}

function decodeToolCalls(action: unknown): ToolCall[] {
  const calls = asObject(asObject(action)?.submit_tool_outputs)?.tool_calls;
  if (!Array.isArray(calls)) return [];
  return calls.map((item) => {
    const call = asObject(item) ?? {};
    const fn = asObject(call.function);
    const infos = asObject(call.require_info)?.infos;
    return {
      id: asText(call.id),
      type: asText(call.type),
      function: fn && { name: asText(fn.name), arguments: argumentsText(fn.arguments) },
      infos: Array.isArray(infos) ? infos.map(asText) : [],
    };
  });
}

/** Arguments are JSON text; an object is written as such. */
function argumentsText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Reads a message. */
export function decodeMessage(value: JsonObject): Message {
  return {
    id: asText(value.id),
    conversationId: asText(value.conversation_id),
    chatId: asText(value.chat_id),
    botId: asText(value.bot_id),
    role: asText(value.role),
    type: asText(value.type),
    content: asText(value.content),
    contentType: asText(value.content_type),
    reasoningContent: asText(value.reasoning_content),
    createdAt: asNumber(value.created_at),
    raw: value,
  };
}

/** Reads a conversation. */
export function decodeConversation(value: JsonObject): Conversation {
  const metaData = Object.entries(asObject(value.meta_data) ?? {});
  return {
    id: asText(value.id),
    createdAt: asNumber(value.created_at),
    metaData: Object.fromEntries(metaData.map(([key, text]) => [key, asText(text)])),
    sectionId: asText(value.last_section_id),
    name: asText(value.name),
    raw: value,
  };
}

/** Reads what is known of a file. */
export function decodeFile(value: JsonObject): UploadedFile {
  return {
    id: asText(value.id),
    name: asText(value.file_name),
    sizeBytes: asNumber(value.bytes) ?? 0,
    createdAt: asNumber(value.created_at),
  };
}

/** Reads a bot, from a list or by itself. */
export function decodeBot(value: JsonObject): BotSummary {
  return {
    id: asText(value.id) || asText(value.bot_id),
    name: asText(value.name),
    description: asText(value.description),
    // Whoever is not said to be unpublished was found among the published ones.
    isPublished: value.is_published !== false,
    updatedAt: asNumber(value.updated_at) ?? asNumber(value.update_time),
    raw: value,
  };
}

/** Reads a workspace. */
export function decodeWorkspace(value: JsonObject): Workspace {
  return {
    id: asText(value.id),
    name: asText(value.name),
    type: asText(value.workspace_type),
    role: asText(value.role_type),
    raw: value,
  };
}

/** Reads a workflow of a list. */
export function decodeWorkflow(value: JsonObject): WorkflowSummary {
  return {
    id: asText(value.workflow_id) || asText(value.id),
    name: asText(value.workflow_name) || asText(value.name),
    description: asText(value.description),
    appId: asText(value.app_id),
    raw: value,
  };
}
