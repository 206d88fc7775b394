import type { ChatEvent } from '../chat-events.ts';
import { type ChatParams, chatBody, type SubmitParams, submitBody } from '../chat-params.ts';
import { decodeChat, decodeMessage } from '../decode.ts';
import { expectList, expectObject } from '../expect.ts';
import { callJson } from '../http.ts';
import type { Chat, ChatRef, Message } from '../objects.ts';
import type { CallOptions } from '../ports.ts';
import { type RecoveredChat, recoverChat } from '../recover-chat.ts';
import { type ApiRequest, operationOf } from '../request.ts';
import { callSdk } from '../sdk.ts';
import { type ApiContext, streamChat } from './context.ts';

/** Chats with a bot. */
export interface ChatApi {
  /**
   * Starts a chat; the request is sent at once. Ends normally only after `chat.completed`, `chat.failed` or
   * `chat.requires_action`; leaving the loop closes the connection.
   */
  stream(params: ChatParams, options?: CallOptions): AsyncIterableIterator<ChatEvent>;
  /** Starts a chat without a stream; `recover` waits for its end. Needs `autoSaveHistory`. */
  create(params: ChatParams, options?: CallOptions): Promise<Chat>;
  /** Answers an action; the chat goes on with the same id and may ask for another action. */
  submitToolOutputs(params: SubmitParams, options?: CallOptions): AsyncIterableIterator<ChatEvent>;
  /** Answers an action without a stream; `recover` waits for what follows. */
  submit(params: SubmitParams, options?: CallOptions): Promise<Chat>;
  /** The state of a chat, and the action it waits for. */
  retrieve(ref: ChatRef, options?: CallOptions): Promise<Chat>;
  /**
   * Asks for the chat until it is at rest, at most once a second, and for its messages when it is complete. Only
   * reads: this is what makes up for a stream that was lost.
   *
   * @throws CozeError DEADLINE_EXCEEDED when the chat is still running after `deadlineMs` (default 120 000).
   */
  recover(ref: ChatRef, options?: CallOptions): Promise<RecoveredChat>;
  /** Switches the status only: an open stream goes on until it is aborted. */
  cancel(ref: ChatRef, options?: CallOptions): Promise<Chat>;
  messages: {
    /** Messages of a chat except the question; incomplete while it runs. */
    list(ref: ChatRef, options?: CallOptions): Promise<Message[]>;
  };
}

/** Chats of one client. */
export function chatApi(context: ApiContext): ChatApi {
  const { http } = context;
  const startRequest = (params: ChatParams, stream: boolean): ApiRequest => ({
    method: 'POST',
    path: '/v3/chat',
    query: { conversation_id: params.conversationId },
    body: chatBody(params, stream),
  });
  const submitRequest = (params: SubmitParams, stream: boolean): ApiRequest => ({
    method: 'POST',
    path: '/v3/chat/submit_tool_outputs',
    query: chatQuery(params),
    body: submitBody(params, stream),
  });
  const callChat = async (request: ApiRequest, call?: CallOptions) =>
    decodeChat(expectObject(await callJson(http, request, call), operationOf(request)));

  const api: ChatApi = {
    stream: (params, call = {}) => streamChat(context, startRequest(params, true), call),
    create: (params, call) => callChat(startRequest(params, false), call),
    submitToolOutputs: (params, call = {}) => streamChat(context, submitRequest(params, true), call),
    submit: (params, call) => callChat(submitRequest(params, false), call),
    // The SDK sends POST, which is not documented and which a self-hosted service does not route.
    retrieve: (ref, call) =>
      callChat({ method: 'GET', path: '/v3/chat/retrieve', query: chatQuery(ref) }, call),
    recover: (ref, call = {}) =>
      recoverChat({ clock: http.clock, retrieve: api.retrieve, messages: api.messages.list }, ref, call),
    async cancel({ conversationId, chatId }, call = {}) {
      const request = { method: 'POST', path: '/v3/chat/cancel' } as const;
      const data = await callSdk(http, request, call, (sdk) => sdk.chat.cancel(conversationId, chatId));
      return decodeChat(expectObject(data, operationOf(request)));
    },
    messages: {
      async list({ conversationId, chatId }, call = {}) {
        const request = { method: 'GET', path: '/v3/chat/message/list' } as const;
        const data: unknown = await callSdk(http, request, call, (sdk) =>
          // The SDK does not encode what it puts into addresses.
          sdk.chat.messages.list(encodeURIComponent(conversationId), encodeURIComponent(chatId)),
        );
        return expectList(data, operationOf(request)).map(decodeMessage);
      },
    },
  };
  return api;
}

function chatQuery(ref: ChatRef): Record<string, string> {
  return { conversation_id: ref.conversationId, chat_id: ref.chatId };
}
