import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { Failure, failureOf } from '../../api/failure.ts';
import { followEvents } from '../../api/follow-events.ts';
import { type LiveEvent, readEvents } from '../../api/live-events.ts';
import type { Session } from './use-sessions.ts';

/** A chat as it goes on. */
export interface LiveChat {
  /** Id that Coze has given it, once it has. */
  cozeId: string | undefined;
  /** What was said; nothing for a chat that somebody else began. */
  said: string | undefined;
  answer: string;
  /** Tools that the bot calls, in order. */
  tools: readonly ChatTool[];
}

/** A tool that the bot calls, and how far that is. */
export interface ChatTool {
  callId: string;
  tool: string;
  status: 'running' | 'done' | 'failed';
  /** Why it has failed. */
  error?: { code: string; message: string; hint?: string };
}

const BEGUN: LiveChat = { cozeId: undefined, said: undefined, answer: '', tools: [] };

/** The chat that goes on in a session, whoever began it, and what begins one. `session` is read anew all the time. */
export function useChat({ session_id: id, chat_id: chatId, chat_status: status }: Session) {
  const api = useApi();
  const queries = useQueryClient();
  const [chat, setChat] = useState<LiveChat>();
  /** What is known of tools here only: Coze keeps what was said, and not what they came to. By the id of Coze. */
  const [toolsOf, setToolsOf] = useState<Readonly<Record<string, readonly ChatTool[]>>>({});
  const [error, setError] = useState<unknown>();
  const control = useRef(new AbortController());
  /** Chats that are followed, or whose end is in what was said. Messages are read after the session. */
  const known = useRef(new Set(chatId === undefined || status === 'running' ? [] : [chatId]));

  useEffect(() => {
    control.current = new AbortController();
    const chats = known.current;
    return () => {
      control.current.abort();
      chats.clear();
      setChat(undefined);
    };
  }, []);

  /** Asks again for what was said. An answer that is under way may be from before, even the very first. */
  const renew = useCallback(async () => {
    await queries.cancelQueries({ queryKey: ['messages', id] });
    await queries.invalidateQueries({ queryKey: ['messages', id] });
  }, [queries, id]);

  /** Shows a chat, whose events come from the first one on, until it has ended; then it is a part of what was said. */
  const follow = useCallback(
    async (begun: string, own?: { said: string; first: AsyncIterable<LiveEvent> }) => {
      const { signal } = control.current;
      known.current.add(begun);
      setError(undefined);
      let now: LiveChat = { ...BEGUN, said: own?.said };
      setChat(now);
      try {
        for await (const event of followEvents(api, `coze/chats/${begun}/events`, { signal, ...own })) {
          if (event.type === 'completed') break;
          if (event.type === 'failed') throw failureIn(event);
          now = withEvent(now, event);
          setChat(now);
          // No event tells what somebody else has said.
          if (event.type === 'chat' && own === undefined) void renew();
        }
      } catch (caught) {
        if (!signal.aborted) setError(caught);
      }
      if (signal.aborted) return;
      await renew();
      if (signal.aborted) return;
      const { cozeId, tools } = now;
      if (cozeId !== undefined) setToolsOf((before) => ({ ...before, [cozeId]: tools }));
      setChat(undefined);
    },
    [api, renew],
  );

  const isBusy = chat !== undefined;
  useEffect(() => {
    if (isBusy || chatId === undefined || known.current.has(chatId)) return;
    known.current.add(chatId);
    void (status === 'running' ? follow(chatId) : renew());
  }, [isBusy, chatId, status, follow, renew]);

  /** @returns Whether the server has taken it. */
  const send = async (message: string): Promise<boolean> => {
    const { signal } = control.current;
    const connection = new AbortController();
    setError(undefined);
    setChat({ ...BEGUN, said: message });
    try {
      const response = await api.fetch(`coze/sessions/${id}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message, stream: true }),
        signal: connection.signal,
      });
      // Who leaves takes nothing back that was said.
      if (signal.aborted) connection.abort();
      signal.addEventListener('abort', () => connection.abort(), { once: true });
      if (!response.ok) throw failureOf(response.status, await response.json().catch(() => undefined));
      const begun = response.headers.get('x-chat-id') ?? '';
      void follow(begun, { said: message, first: readEvents(response) });
      return true;
    } catch (caught) {
      if (signal.aborted) return false;
      setError(caught);
      setChat(undefined);
      return false;
    }
  };
  return { chat, toolsOf, error, send };
}

function withEvent(chat: LiveChat, { type, data }: LiveEvent): LiveChat {
  if (type === 'chat') return { ...chat, cozeId: String(data.coze_chat_id) };
  if (type === 'delta') return { ...chat, answer: chat.answer + String(data.content ?? '') };
  if (type !== 'tool') return chat;
  const { call_id: callId, ...how } = data as unknown as Omit<ChatTool, 'callId'> & { call_id: string };
  const told = { callId, ...how };
  const at = chat.tools.findIndex((one) => one.callId === callId);
  return { ...chat, tools: at < 0 ? [...chat.tools, told] : chat.tools.with(at, told) };
}

function failureIn({ data }: LiveEvent): Failure {
  const { error_code: code, message, hint } = data as { error_code: string; message: string; hint?: string };
  return new Failure({ status: 502, code, message, ...(hint === undefined ? {} : { hint }) });
}
