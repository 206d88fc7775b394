import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import type { Schemas } from '../../api/client.ts';
import { pageOf, usePages } from '../../api/use-pages.ts';
import { taskOf } from './task.ts';

/** A session. */
export type Session = Schemas['Session'];
/** Something that was said in one. */
export type Message = Schemas['Message'];

const LIST = ['sessions'];
const EVERY_MS = 5_000;

/** What a session is called. */
export function nameOf({ name, session_id: id }: Session): string {
  return name ?? id.slice(0, 8);
}

/** Sessions, the newest first; how they are made and removed. */
export function useSessions() {
  const { client } = useApi();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: LIST });
  const { list, rows } = usePages({
    key: LIST,
    fetchPage: (cursor, signal) =>
      taskOf(client.GET('/coze/sessions', { params: { query: pageOf(cursor) }, signal })),
    rowsOf: (page) => page.sessions,
    idOf: (session) => session.session_id,
    everyMs: EVERY_MS,
  });
  const create = useMutation({
    mutationFn: ({ name, botId }: { name: string; botId: string }) =>
      taskOf(
        client.POST('/coze/sessions', {
          body: { ...(name === '' ? {} : { name }), ...(botId === '' ? {} : { bot_id: botId }) },
        }),
      ),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => taskOf(client.DELETE('/coze/sessions/{id}', { params: { path: { id } } })),
    onSuccess,
  });
  return { list, rows, create, remove };
}

/** What was said in a session, page by page from the newest. */
export function useMessages(id: string) {
  const { client } = useApi();
  return useInfiniteQuery({
    queryKey: ['messages', id],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === '' ? {} : { cursor: pageParam };
      return taskOf(client.GET('/coze/sessions/{id}/messages', { params: { path: { id }, query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: ({ next_cursor: next }) => next,
  });
}
