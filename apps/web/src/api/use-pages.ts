import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

/** A page of a list as the server gives it. */
interface Page {
  total?: number;
  next_cursor?: string | number;
}

/** Rows that are shown at first, and that come with each further page: whoever asks for more looks for something. */
const FIRST_ROWS = 30;
const MORE_ROWS = 100;

/** What asks for one page of a list. */
export function pageOf(cursor: string | undefined): { limit: number; cursor?: string } {
  return cursor === undefined ? { limit: FIRST_ROWS } : { limit: MORE_ROWS, cursor };
}

/** A list of the server, page by page. `fetchPage` gets the cursor of the page, nothing for the first one. */
export function usePages<OnePage extends Page>(options: {
  key: readonly unknown[];
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<OnePage>;
  /** How often the list is asked for anew, in milliseconds; not when left out. */
  everyMs?: number;
}) {
  const { key, fetchPage, everyMs } = options;
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }: OnePage) => (next === undefined ? undefined : String(next)),
    placeholderData: keepPreviousData,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
  const pages = (list.data?.pages ?? []) as OnePage[];
  return { list, pages, total: pages[0]?.total ?? 0 };
}
