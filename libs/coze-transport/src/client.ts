import { UserError } from '@cozecut/problems';
import { type ChatEvent, decodeChatEvent } from './chat-events.ts';
import { type ChatParams, chatBody, type SubmitParams, submitBody } from './chat-params.ts';
import { decodeChat, decodeConversation, decodeMessage } from './decode.ts';
import { localError } from './errors.ts';
import {
  type ApiRequest,
  callEnvelope,
  callJson,
  type HttpOptions,
  openStream,
  operationOf,
} from './http.ts';
import { asObject, type JsonObject } from './json.ts';
import type { Chat, Conversation, Message } from './objects.ts';
import { type CallOptions, type Clock, type Log, systemClock, type TokenSource } from './ports.ts';
import { callSdk } from './sdk.ts';
import { readStream } from './stream.ts';
import {
  decodeWorkflowRun,
  type WorkflowResumeParams,
  type WorkflowRun,
  type WorkflowRunParams,
} from './workflow.ts';

/** Options of {@link createCozeClient}. */
export interface CozeClientOptions {
  /** Address of the API; given by `region` when absent. */
  baseUrl?: string;
  /** `cn` = api.coze.cn (default), `com` = api.coze.com, `studio` = self-hosted, which needs `baseUrl`. */
  region?: 'cn' | 'com' | 'studio';
  token: TokenSource;
  /** Replaces the `fetch` of the platform. */
  fetch?: typeof fetch;
  clock?: Clock;
  log?: Log;
  /** Longest silence of a stream, in milliseconds; default 180 000. */
  idleTimeoutMs?: number;
  /** Largest event of a stream, in characters; default 16 Mi. */
  maxEventChars?: number;
}

/** A chat is found by both of its ids. */
export interface ChatRef {
  conversationId: string;
  chatId: string;
}

/** The parts of the Coze API that this project uses. Every call throws {@link CozeError}. */
export interface CozeClient {
  readonly baseUrl: string;
  readonly chat: {
    /**
     * Starts a chat; the request is sent at once. Ends normally only after `chat.completed`, `chat.failed` or
     * `chat.requires_action`; leaving the loop closes the connection.
     */
    stream(params: ChatParams, options?: CallOptions): AsyncIterableIterator<ChatEvent>;
    /** Answers an action; the chat goes on with the same id and may ask for another action. */
    submitToolOutputs(params: SubmitParams, options?: CallOptions): AsyncIterableIterator<ChatEvent>;
    /** The state of a chat, and the action it waits for. */
    retrieve(ref: ChatRef, options?: CallOptions): Promise<Chat>;
    /** Switches the status only: an open stream goes on until it is aborted. */
    cancel(ref: ChatRef, options?: CallOptions): Promise<Chat>;
    messages: {
      /** Messages of a chat except the question; incomplete while it runs. */
      list(ref: ChatRef, options?: CallOptions): Promise<Message[]>;
    };
  };
  readonly conversations: {
    /** Makes an empty conversation. */
    create(
      params?: { botId?: string; name?: string; metaData?: Record<string, string> },
      options?: CallOptions,
    ): Promise<Conversation>;
  };
  readonly workflows: {
    /**
     * Runs a published workflow until it ends or asks something. Coze cuts a run off that says nothing for 90 s. Not
     * safe to repeat: a run without an answer may have acted.
     */
    run(params: WorkflowRunParams, options?: CallOptions): Promise<WorkflowRun>;
    /**
     * Answers the question of a run, which goes on until it ends or asks again; Coze takes three answers in one run. Not
     * safe to repeat.
     */
    resume(params: WorkflowResumeParams, options?: CallOptions): Promise<WorkflowRun>;
  };
}

const REGION_URLS = { cn: 'https://api.coze.cn', com: 'https://api.coze.com', studio: undefined };

/**
 * A client for one address and one identity.
 *
 * @throws UserError COZE_BASE_URL_MISSING when the region has no address of its own and none is given.
 */
export function createCozeClient(options: CozeClientOptions): CozeClient {
  const { region = 'cn', clock = systemClock, log } = options;
  const baseUrl = (options.baseUrl ?? REGION_URLS[region])?.replace(/\/+$/, '');
  if (!baseUrl) {
    throw new UserError('COZE_BASE_URL_MISSING', `region ${region} has no address of its own`, {
      hint: 'Set baseUrl, or COZE_BASE_URL.',
    });
  }
  const http: HttpOptions = { baseUrl, token: options.token, fetch: options.fetch ?? fetch, clock };

  const events = (request: ApiRequest, call: CallOptions) =>
    readStream<ChatEvent>({
      request,
      open: (signal) => openStream(http, request, signal),
      decode(message, context) {
        const decoded = decodeChatEvent(message, context);
        if (decoded.event.type === 'unknown') {
          log?.debug('unknown event', { event: decoded.event.event, operation: context.operation });
        }
        return decoded;
      },
      clock,
      signal: call.signal,
      idleTimeoutMs: options.idleTimeoutMs ?? 180_000,
      maxEventChars: options.maxEventChars ?? 16 * 1024 * 1024,
    });

  return {
    baseUrl,
    chat: {
      stream: (params, call = {}) =>
        events(
          {
            method: 'POST',
            path: '/v3/chat',
            query: { conversation_id: params.conversationId },
            body: chatBody(params),
          },
          call,
        ),
      submitToolOutputs: (params, call = {}) =>
        events(
          {
            method: 'POST',
            path: '/v3/chat/submit_tool_outputs',
            query: chatQuery(params),
            body: submitBody(params),
          },
          call,
        ),
      async retrieve(ref, call = {}) {
        const request: ApiRequest = { method: 'GET', path: '/v3/chat/retrieve', query: chatQuery(ref) };
        const data = await callJson(http, request, call.signal);
        return decodeChat(objectOf(data, 'GET /v3/chat/retrieve'));
      },
      async cancel({ conversationId, chatId }, call = {}) {
        const operation = 'POST /v3/chat/cancel';
        const data = await callSdk(http, operation, call.signal, (sdk) =>
          sdk.chat.cancel(conversationId, chatId),
        );
        return decodeChat(objectOf(data, operation));
      },
      messages: {
        async list({ conversationId, chatId }, call = {}) {
          const operation = 'GET /v3/chat/message/list';
          const data: unknown = await callSdk(http, operation, call.signal, (sdk) =>
            // The SDK does not encode what it puts into addresses.
            sdk.chat.messages.list(encodeURIComponent(conversationId), encodeURIComponent(chatId)),
          );
          if (!Array.isArray(data)) {
            throw localError('BAD_RESPONSE', 'expected a list of messages', { operation });
          }
          return data.map((item) => decodeMessage(objectOf(item, operation)));
        },
      },
    },
    conversations: {
      async create(params = {}, call = {}) {
        const operation = 'POST /v1/conversation/create';
        const body = { bot_id: params.botId, name: params.name, meta_data: params.metaData };
        const data = await callSdk(http, operation, call.signal, (sdk) =>
          sdk.conversations.create(defined(body)),
        );
        return decodeConversation(objectOf(data, operation));
      },
    },
    workflows: {
      async run({ workflowId, parameters }, call = {}) {
        const operation = 'POST /v1/workflow/run';
        const answer: unknown = await callSdk(http, operation, call.signal, (sdk) =>
          sdk.workflows.runs.create({ workflow_id: workflowId, parameters }),
        );
        return decodeWorkflowRun(answer, operation);
      },
      async resume({ workflowId, interrupt, answer }, call = {}) {
        const body = {
          workflow_id: workflowId,
          event_id: interrupt.eventId,
          interrupt_type: interrupt.type,
          resume_data: answer,
        };
        const request: ApiRequest = { method: 'POST', path: '/v1/workflows/resume', body };
        return decodeWorkflowRun(await callEnvelope(http, request, call.signal), operationOf(request));
      },
    },
  };
}

function chatQuery(ref: ChatRef): Record<string, string> {
  return { conversation_id: ref.conversationId, chat_id: ref.chatId };
}

function objectOf(value: unknown, operation: string): JsonObject {
  const object = asObject(value);
  if (!object) throw localError('BAD_RESPONSE', 'expected an object in data', { operation });
  return object;
}

/** Without the keys that have no value. */
function defined<T extends Record<string, unknown>>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
