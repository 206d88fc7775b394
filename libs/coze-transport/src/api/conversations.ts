import { type InputMessage, messageBody } from '../chat-params.ts';
import { decodeConversation, decodeMessage } from '../decode.ts';
import { expectList, expectObject } from '../expect.ts';
import { callEnvelope, callJson } from '../http.ts';
import { asText } from '../json.ts';
import type { Conversation, Message, Page } from '../objects.ts';
import type { CallOptions } from '../ports.ts';
import { type ApiRequest, operationOf } from '../request.ts';
import { callSdk } from '../sdk.ts';
import { type ApiContext, defined } from './context.ts';

/** What a conversation is made with. */
export interface CreateConversationParams {
  /** Without it the conversation cannot be listed later. */
  botId?: string;
  /** Up to 100 characters. */
  name?: string;
  metaData?: Record<string, string>;
  messages?: InputMessage[];
}

/** Which messages of a conversation are listed. */
export interface ListMessagesParams {
  conversationId: string;
  /** Default `desc`: the newest first. */
  order?: 'asc' | 'desc';
  chatId?: string;
  beforeId?: string;
  afterId?: string;
  /** 1 to 50, default 50. */
  limit?: number;
}

/** A page of messages; the next begins after `lastId`. */
export interface MessagePage extends Page<Message> {
  firstId: string;
  lastId: string;
}

/** Conversations and their messages. */
export interface ConversationsApi {
  /** Makes a conversation. */
  create(params?: CreateConversationParams, options?: CallOptions): Promise<Conversation>;
  /** A conversation by its id. */
  retrieve(conversationId: string, options?: CallOptions): Promise<Conversation>;
  /** Conversations that were made with this bot id, newest first, page by page from 1. */
  list(
    params: { botId: string; page?: number; pageSize?: number },
    options?: CallOptions,
  ): Promise<Page<Conversation>>;
  /** Gives it another name, up to 100 characters. */
  rename(conversationId: string, name: string, options?: CallOptions): Promise<Conversation>;
  /** Deletes it with its messages. */
  delete(conversationId: string, options?: CallOptions): Promise<void>;
  /** What was said stays; what the bot remembers begins anew. Gives the new section id. */
  clear(conversationId: string, options?: CallOptions): Promise<{ sectionId: string }>;
  messages: {
    /** Questions and answers only; kept 180 days. */
    list(params: ListMessagesParams, options?: CallOptions): Promise<MessagePage>;
  };
}

/** Conversations of one client. */
export function conversationsApi({ http }: ApiContext): ConversationsApi {
  const ofConversation = async (request: ApiRequest, call?: CallOptions) =>
    decodeConversation(expectObject(await callJson(http, request, call), operationOf(request)));
  const path = (conversationId: string, rest = '') =>
    `/v1/conversations/${encodeURIComponent(conversationId)}${rest}`;
  return {
    async create(params = {}, call = {}) {
      const request = { method: 'POST', path: '/v1/conversation/create' } as const;
      const body = defined({
        bot_id: params.botId,
        name: params.name,
        meta_data: params.metaData,
        messages: params.messages?.map(messageBody),
      });
      const data = await callSdk(http, request, call, (sdk) =>
        sdk.conversations.create(body as object as Parameters<typeof sdk.conversations.create>[0]),
      );
      return decodeConversation(expectObject(data, operationOf(request)));
    },
    async retrieve(conversationId, call = {}) {
      const request = { method: 'GET', path: '/v1/conversation/retrieve' } as const;
      const data = await callSdk(http, request, call, (sdk) =>
        sdk.conversations.retrieve(encodeURIComponent(conversationId)),
      );
      return decodeConversation(expectObject(data, operationOf(request)));
    },
    async list({ botId, page = 1, pageSize = 50 }, call = {}) {
      const request = { method: 'GET', path: '/v1/conversations' } as const;
      const params = { bot_id: encodeURIComponent(botId), page_num: page, page_size: pageSize };
      const data: unknown = await callSdk(http, request, call, (sdk) => sdk.conversations.list(params));
      const operation = operationOf(request);
      const value = expectObject(data, operation);
      return {
        items: expectList(value.conversations, operation).map(decodeConversation),
        hasMore: value.has_more === true,
      };
    },
    // These are not in the SDK, or lose a part of the answer there.
    rename: (conversationId, name, call) =>
      ofConversation({ method: 'PUT', path: path(conversationId), body: { name } }, call),
    async delete(conversationId, call) {
      await callEnvelope(http, { method: 'DELETE', path: path(conversationId) }, call);
    },
    async clear(conversationId, call) {
      const request: ApiRequest = { method: 'POST', path: path(conversationId, '/clear') };
      const value = expectObject(await callJson(http, request, call), operationOf(request));
      return { sectionId: asText(value.id) };
    },
    messages: {
      async list(params, call) {
        const request: ApiRequest = {
          method: 'POST',
          path: '/v1/conversation/message/list',
          isRead: true,
          query: { conversation_id: params.conversationId },
          body: {
            order: params.order,
            chat_id: params.chatId,
            before_id: params.beforeId,
            after_id: params.afterId,
            limit: params.limit,
          },
        };
        const envelope = await callEnvelope(http, request, call);
        return {
          items: expectList(envelope.data, operationOf(request)).map(decodeMessage),
          hasMore: envelope.has_more === true,
          firstId: asText(envelope.first_id),
          lastId: asText(envelope.last_id),
        };
      },
    },
  };
}
