import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { type Api, answerOf, type Schemas } from '../../api/client.ts';
import { followEvents } from '../../api/follow-events.ts';
import type { LiveEvent } from '../../api/live-events.ts';
import { type Conversation, NOTHING, withEvent } from './entries.ts';

/** How the local service stands. */
export type LocalState = Schemas['LocalState'];
/** The same with what can be started. */
export type Local = LocalState & {
  choices: { bots: Schemas['LocalChoice'][]; workflows: Schemas['LocalChoice'][]; has_token: boolean };
};

/** Lines of the log that are kept here. */
const MAX_LINES = 500;

/** What the page looks at: the state as it changes, the conversation, and the events as they came. */
export interface LocalView {
  local: Local | undefined;
  error: unknown;
  conversation: Conversation;
  lines: readonly LiveEvent[];
  retry(): void;
}

function fetchLocal({ client }: Api, signal: AbortSignal): Promise<Local> {
  return answerOf(client.GET('/v1/local', { signal })) as Promise<Local>;
}

/**
 * Watches the local service; a connection that breaks is made again and goes on where it was. Only events change the
 * state while there is one: the answer to a request may be older than what they have told.
 */
export function useLocal(): LocalView {
  const api = useApi();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['local'],
    queryFn: ({ signal }) => fetchLocal(api, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [conversation, setConversation] = useState(NOTHING);
  const [lines, setLines] = useState<readonly LiveEvent[]>([]);
  const isThere = data !== undefined;

  useEffect(() => {
    if (!isThere) return;
    const control = new AbortController();
    const onEvent = (event: LiveEvent) => {
      setLines((before) => [...before.slice(-MAX_LINES + 1), event]);
      if (event.type === 'service.state') {
        queries.setQueryData<Local>(
          ['local'],
          (old) => old && { ...(event.data as unknown as LocalState), choices: old.choices },
        );
      } else setConversation((before) => withEvent(before, event));
    };
    const watch = async () => {
      const { signal } = control;
      // The server may be another one by now, which has no events to tell yet.
      const beforeAgain = async () => queries.setQueryData(['local'], await fetchLocal(api, signal));
      for await (const event of followEvents(api, 'v1/local/events', { signal, beforeAgain })) onEvent(event);
    };
    void watch().catch(() => undefined);
    return () => {
      control.abort();
      setConversation(NOTHING);
      setLines([]);
    };
  }, [api, queries, isThere]);

  return {
    local: data,
    error,
    conversation,
    lines,
    retry: () => void refetch(),
  };
}
