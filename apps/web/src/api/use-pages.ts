import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

/** A page of a list as the server gives it. */
interface Page {
  total?: number;
  next_cursor?: string | number;
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
