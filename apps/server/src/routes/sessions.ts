import { type CozeClient, isCozeError } from '@cozecut/coze-transport';
import { toToolError } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { Chat, Session } from '@cozecut/store';
import { type Request, type Response, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { type Answer, send } from '../http/answer.ts';
import { callerOf, isAdmin, ownerAsked } from '../http/caller.ts';
import { once } from '../http/once.ts';
import { cursorParam, pageLimit, textParam } from '../http/query.ts';
import { logOf } from '../http/request-log.ts';
import { lastEventId, sendLive } from '../http/sse.ts';
import { chatEvents } from '../sessions/chat-events.ts';
import { driveChat } from '../sessions/drive-chat.ts';
import { taskFailure, taskResult } from '../sessions/envelope.ts';
import { publicChat, publicMessage, publicSession, type SessionData } from '../sessions/public-session.ts';

/** How the session service talks to Coze. */
export interface SessionOptions {
  client: CozeClient;
  /** Bot of sessions that name none. */
  botId?: string;
  /** Whether tool calls of the bot are answered by the tools of this server. */
  runsTools: boolean;
}

/** A chat is nobody's after so long without a sign of life. */
const LEASE_MS = 30_000;
const MAX_TEXT = 100_000;
/** Coze gives no more messages at once. */
const MAX_MESSAGES = 50;

/** Sessions with a bot for callers that have no token of Coze; every one sees its own. */
export function sessionRoutes(context: ServerContext, options: SessionOptions): Router {
  const { store, calls, log } = context;
  const { client } = options;
  const router = Router();
  const running = new Set<AbortController>();
  context.onClose(() => {
    for (const stop of running) stop.abort();
  });
  const ownerOf = (response: Response) =>
    isAdmin(callerOf(response)) ? undefined : callerOf(response).owner;

  /** Answers in the form of the service, whatever is thrown. */
  const inEnvelope =
    (work: (request: Request, response: Response) => Promise<Answer | undefined>) =>
    async (request: Request, response: Response) => {
      const answer = await work(request, response).catch((error: unknown) => {
        const failure = failureOf(error);
        if (failure.code === 'INTERNAL') logOf(response).error('request failed', { error: String(error) });
        return taskFailure(failure);
      });
      if (answer !== undefined) send(response, answer);
    };

  async function sessionOf(request: Request, response: Response): Promise<Session> {
    const session = await store.sessions.get(request.params.id as string, ownerOf(response));
    if (session === undefined) throw new UserError('SESSION_NOT_FOUND', 'there is no such session');
    return session;
  }

  router.post(
    '/coze/sessions',
    inEnvelope((request, response) =>
      once(store.idempotency, request, response, async () => {
        const { bot_id: bot = options.botId, name, meta_data: metaData } = bodyOf(request);
        if (typeof bot !== 'string' || bot === '') {
          throw new UserError('INPUT_INVALID', 'bot_id is missing', { hint: 'send it, or set COZE_BOT_ID' });
        }
        if (name !== undefined && (typeof name !== 'string' || name.length > 100)) {
          throw new UserError('INPUT_INVALID', 'name must be a text of at most 100 characters');
        }
        const { id: conversationId } = await client.conversations.create({
          botId: bot,
          ...(name === undefined ? {} : { name }),
          ...(isTexts(metaData) ? { metaData } : {}),
        });
        const data: SessionData = { conversationId, botId: bot, ...(name === undefined ? {} : { name }) };
        const session = await store.sessions.create({ owner: callerOf(response).owner, data });
        return taskResult(200, publicSession(session));
      }),
    ),
  );

  router.get(
    '/coze/sessions',
    inEnvelope(async (request, response) => {
      const limit = pageLimit(request);
      const before = cursorParam(request);
      const { sessions, next } = await store.sessions.list({
        limit,
        ...ownerAsked(callerOf(response), request.query.owner),
        ...(before === undefined ? {} : { before }),
      });
      return taskResult(200, {
        sessions: sessions.map(publicSession),
        ...(next === undefined ? {} : { next_cursor: next }),
      });
    }),
  );

  router.get(
    '/coze/sessions/:id/messages',
    inEnvelope(async (request, response) => {
      const { conversationId } = (await sessionOf(request, response)).data as SessionData;
      const afterId = textParam(request, 'cursor');
      const { items, hasMore, lastId } = await client.conversations.messages.list({
        conversationId,
        limit: Math.min(pageLimit(request), MAX_MESSAGES),
        ...(afterId === undefined ? {} : { afterId }),
      });
      const next = hasMore && lastId !== '' ? { next_cursor: lastId } : {};
      return taskResult(200, { messages: items.map(publicMessage), ...next });
    }),
  );

  router.get(
    '/coze/sessions/:id',
    inEnvelope(async (request, response) => {
      const session = await sessionOf(request, response);
      const chat = session.chatId === undefined ? undefined : await store.sessions.chat(session.chatId);
      return taskResult(200, {
        ...publicSession(session),
        ...(chat === undefined ? {} : { chat_status: chat.state }),
      });
    }),
  );

  router.delete(
    '/coze/sessions/:id',
    inEnvelope(async (request, response) => {
      const session = await sessionOf(request, response);
      const { conversationId } = session.data as SessionData;
      // What Coze has forgotten already is deleted.
      await client.conversations.delete(conversationId).catch((error: unknown) => {
        if (!isCozeError(error) || error.status !== 404)
          logOf(response).warn('a conversation was not deleted', { error: String(error) });
      });
      await store.sessions.remove(session.id, ownerOf(response));
      // Whoever waits for its chat, or drives it, in any process.
      if (session.chatId !== undefined) await store.events.append(`chat:${session.chatId}`, 'failed', GONE);
      return taskResult(200, { session_id: session.id, deleted: true });
    }),
  );

  router.post(
    '/coze/sessions/:id/messages',
    inEnvelope(async (request, response) => {
      const body = bodyOf(request);
      const session = await sessionOf(request, response);
      const text = textOf(body);
      const userId = typeof body.user_id === 'string' && body.user_id !== '' ? body.user_id : session.owner;
      const isStream = body.stream === true || body.stream === 'true';
      const begin = async () => {
        const { chat, lease } = await store.sessions.beginChat(session.id, { leaseMs: LEASE_MS });
        void drive(session, chat, lease, { text, userId, response }).catch((error) =>
          log.error('the end of a chat was not kept', { chat: chat.id, error: String(error) }),
        );
        return chat;
      };
      if (isStream) {
        const { body: begun } = await once(store.idempotency, request, response, async () => ({
          status: 200,
          body: { chat_id: (await begin()).id },
        }));
        await streamChat((begun as { chat_id: string }).chat_id, request, response);
        return undefined;
      }
      return once(store.idempotency, request, response, async () => {
        const { id } = await begin();
        const chat = await ended(id, context.jobWaitMs * 10);
        if (chat === undefined) throw new UserError('SESSION_NOT_FOUND', 'the session was deleted');
        return chat.state === 'running' ? taskResult(202, publicChat(chat)) : chatAnswer(chat);
      });
    }),
  );

  router.get(
    '/coze/chats/:id/result',
    inEnvelope(async (request, response) => {
      const chat = await chatOf(request, response);
      return chat.state === 'running' ? taskResult(202, publicChat(chat)) : chatAnswer(chat);
    }),
  );

  router.get(
    '/coze/chats/:id/events',
    inEnvelope(async (request, response) => {
      await streamChat((await chatOf(request, response)).id, request, response);
      return undefined;
    }),
  );

  async function chatOf(request: Request, response: Response): Promise<Chat> {
    const chat = await store.sessions.chat(request.params.id as string, ownerOf(response));
    if (chat === undefined) throw new UserError('CHAT_NOT_FOUND', 'there is no such chat');
    return chat;
  }

  /** Asks the bot, whoever waits for it; every process can see how far it is. */
  async function drive(
    session: Session,
    chat: Chat,
    lease: string,
    { text, userId, response }: { text: string; userId: string; response: Response },
  ): Promise<void> {
    const { conversationId, botId } = session.data as SessionData;
    const stop = new AbortController();
    running.add(stop);
    const alive = setInterval(async () => {
      const isOurs = await store.sessions.renewChat(chat.id, lease, LEASE_MS).catch(() => true);
      if (!isOurs) stop.abort();
    }, LEASE_MS / 3);
    const finished = new AbortController();
    void endWithSession(chat.id, stop, finished.signal).catch(() => undefined);
    const emit = async (type: string, data: Record<string, unknown>) => {
      await store.events.append(`chat:${chat.id}`, type, data);
    };
    try {
      const result = await driveChat({
        client,
        botId,
        conversationId,
        userId,
        text,
        caller: callerOf(response),
        calls,
        runsTools: options.runsTools,
        signal: stop.signal,
        log: logOf(response),
        emit,
      });
      await store.sessions.endChat(chat.id, lease, { state: 'succeeded', result });
      await emit('completed', { ...result });
    } catch (error) {
      const { code, message, hint } = failureOf(error);
      if (code === 'INTERNAL')
        log.error('a chat failed', { chat: chat.id, error: String((error as Error)?.stack ?? error) });
      const result = { error_code: code, message, ...(hint === undefined ? {} : { hint }) };
      await store.sessions.endChat(chat.id, lease, { state: 'failed', result });
      if (stop.signal.reason !== GONE) await emit('failed', result);
    } finally {
      finished.abort();
      clearInterval(alive);
      running.delete(stop);
    }
  }

  /** Stops a chat when its session is deleted. */
  async function endWithSession(chatId: string, stop: AbortController, signal: AbortSignal): Promise<void> {
    for await (const { type } of store.events.watch(`chat:${chatId}`, { after: 0, signal }))
      if (type === 'failed') stop.abort(GONE);
  }

  async function ended(chatId: string, waitMs: number): Promise<Chat | undefined> {
    for await (const { type } of store.events.watch(`chat:${chatId}`, {
      after: 0,
      signal: AbortSignal.timeout(waitMs),
    })) {
      if (type === 'completed' || type === 'failed') break;
    }
    return store.sessions.chat(chatId);
  }

  async function streamChat(chatId: string, request: Request, response: Response): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.set('X-Chat-Id', chatId);
    const after = lastEventId(request.get('last-event-id'));
    await sendLive(response, await chatEvents(store, chatId, { after, signal: gone.signal }));
  }
  return router;
}

/** How a chat ends whose session was deleted. */
const GONE = { error_code: 'SESSION_NOT_FOUND', message: 'the session was deleted' };

function chatAnswer(chat: Chat): Answer {
  const data = publicChat(chat);
  if (chat.state === 'succeeded') return taskResult(200, data);
  const { error_code: code, message } = (chat.result ?? {}) as { error_code?: string; message?: string };
  return taskFailure({
    code: code ?? 'INTERRUPTED',
    message: message ?? 'the chat ended with its process',
    problems: [],
  });
}

function bodyOf(request: Request): Record<string, unknown> {
  const body: unknown = request.body ?? {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new UserError('INPUT_INVALID', 'the body must be a JSON object');
}

function textOf({ message, content, messages }: Record<string, unknown>): string {
  const last = Array.isArray(messages)
    ? (messages.at(-1) as { content?: unknown } | null)?.content
    : undefined;
  const text = message ?? content ?? last;
  if (typeof text !== 'string' || text.trim() === '')
    throw new UserError('INPUT_INVALID', 'message must be a text');
  if (text.length > MAX_TEXT)
    throw new UserError('INPUT_TOO_LARGE', `message may have ${MAX_TEXT} characters`);
  return text;
}

function isTexts(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === 'string')
  );
}

/** An error for the caller: of Coze its code and words, of ours nothing that is inside. */
function failureOf(error: unknown) {
  if (!isCozeError(error)) return toToolError(error);
  const isAuth = error.retry === 'auth';
  return {
    code: isAuth ? 'UPSTREAM_REFUSED' : 'UPSTREAM_FAILED',
    message: `Coze: ${error.message}`,
    problems: [],
  };
}
