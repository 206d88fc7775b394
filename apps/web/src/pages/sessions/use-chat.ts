import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { Failure } from '../../api/failure.ts';
import { type LiveEvent, readEvents } from '../../api/live-events.ts';
import { taskFailure } from './task.ts';
import type { Session } from './use-sessions.ts';

/** A chat as it goes on. */
export interface LiveChat {
  /** What was said; nothing for a chat that somebody else began. */
  said: string | undefined;
  answer: string;
  /** Tools that the bot calls, in order, and how far each is. */
  tools: readonly { tool: string; status: string }[];
}

/** The chat that goes on in a session, whoever began it, and what begins one. */
export function useChat(session: Session) {
  const api = useApi();
  const queries = useQueryClient();
  const [chat, setChat] = useState<LiveChat>();
  const [error, setError] = useState<unknown>();
  const control = useRef(new AbortController());
  const { session_id: id, chat_id: chatId } = session;

  /**
   * Asks again for what was said. An answer that is under way, even the very first, may be from before the end of a
   * chat, and would not be asked for anew.
   */
  const renew = useCallback(async () => {
    await queries.cancelQueries({ queryKey: ['messages', id] });
    await queries.invalidateQueries({ queryKey: ['messages', id] });
  }, [queries, id]);

  /** Reads a chat to its end; then what was said is asked for again. */
  const follow = useCallback(
    async (begin: (signal: AbortSignal) => Promise<AsyncIterable<LiveEvent>>, said?: string) => {
      const { signal } = control.current;
      setError(undefined);
      setChat({ said, answer: '', tools: [] });
      try {
        for await (const event of await begin(signal)) {
          if (event.type === 'failed') throw failureIn(event);
          setChat((before) => before && withEvent(before, event));
        }
        await renew();
      } catch (caught) {
        if (!signal.aborted) setError(caught);
      } finally {
        if (!signal.aborted) setChat(undefined);
      }
    },
    [renew],
  );

  useEffect(() => {
    control.current = new AbortController();
    const { signal } = control.current;
    // A chat that somebody has begun goes on here as well.
    if (chatId !== undefined) {
      void api
        .fetch(`coze/chats/${chatId}/result`, { signal })
        .then((response) => {
          // It has ended since the session was read.
          if (response.status !== 202) return renew();
          return follow(async () => api.events(`coze/chats/${chatId}/events`, { signal }));
        })
        .catch(() => undefined);
    }
    return () => control.current.abort();
  }, [api, chatId, follow, renew]);

  const send = (message: string) =>
    follow(async (signal) => {
      const response = await api.fetch(`coze/sessions/${id}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message, stream: true }),
        signal,
      });
      if (!response.ok) throw taskFailure(response.status, await response.json().catch(() => undefined));
      return readEvents(response);
    }, message);
  return { chat, error, send };
}

function withEvent(chat: LiveChat, { type, data }: LiveEvent): LiveChat {
  if (type === 'delta') return { ...chat, answer: chat.answer + String(data.content ?? '') };
  if (type !== 'tool') return chat;
  const { tool, status } = data as { tool: string; status: string };
  const at = chat.tools.findLastIndex((one) => one.tool === tool && one.status === 'running');
  const tools =
    status === 'running' || at < 0
      ? [...chat.tools, { tool, status }]
      : chat.tools.with(at, { tool, status });
  return { ...chat, tools };
}

function failureIn({ data }: LiveEvent): Failure {
  const { error_code: code, message, hint } = data as { error_code: string; message: string; hint?: string };
  return new Failure({ status: 502, code, message, ...(hint === undefined ? {} : { hint }) });
}
