import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';

/** A page of a list as the server gives it. */
interface Page {
  total?: number;
  next_cursor?: string | number;
}

/** The rows of a page, where the next one begins, and when it was asked for. */
interface Held<Row> {
  rows: readonly Row[];
  total: number | undefined;
  next: string | undefined;
  atMs: number;
}

/** Rows that are shown at first, and that come with each further page: whoever asks for more looks for something. */
const FIRST_ROWS = 30;
const MORE_ROWS = 100;
/** More than the first page is asked for anew so long after it came, and not whenever something happens. */
const STANDS_MS = 30_000;

/** What asks for one page of a list. */
export function pageOf(cursor: string | undefined): { limit: number; cursor?: string } {
  return cursor === undefined ? { limit: FIRST_ROWS } : { limit: MORE_ROWS, cursor };
}

/**
 * A list of the server, page by page. What is asked for anew is its first page: what was behind stands for a while, so
 * that a list that was opened far costs no more than a short one whenever something happens.
 *
 * @param options.fetchPage - Gets the cursor of the page, nothing for the first one.
 * @param options.idOf - What tells one row from another. Rows keep their order, and new ones come first.
 */
export function usePages<Row, OnePage extends Page>(options: {
  key: readonly unknown[];
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<OnePage>;
  rowsOf: (page: OnePage) => readonly Row[];
  idOf: (row: Row) => unknown;
  /** How often the list is asked for anew, in milliseconds; not when left out. */
  everyMs?: number;
}) {
  const { key, fetchPage, rowsOf, idOf, everyMs } = options;
  const queries = useQueryClient();
  /** Whether what is behind the first page need not be asked for anew. */
  const standsBehind = useRef(false);
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam, signal }): Promise<Held<Row>> => {
      const held = queries.getQueryData<InfiniteData<Held<Row>, string | undefined>>(key);
      const former = held?.pages[held.pageParams.indexOf(pageParam)];
      const isFirst = pageParam === undefined;
      if (!isFirst && former !== undefined && standsBehind.current) return former;
      const page = await fetchPage(pageParam, signal);
      const { total, next_cursor: next } = page;
      const fresh = {
        rows: rowsOf(page),
        total,
        next: next === undefined ? undefined : String(next),
        atMs: Date.now(),
      };
      if (!isFirst) return fresh;
      const isRecent = former !== undefined && Date.now() - former.atMs < STANDS_MS;
      const hasMore = held !== undefined && held.pages.length > 1;
      const onTop = isRecent && hasMore ? putOnTop(fresh, former, idOf) : undefined;
      standsBehind.current = onTop !== undefined;
      return onTop ?? fresh;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }: Held<Row>) => next,
    placeholderData: keepPreviousData,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
  const pages = list.data?.pages ?? [];
  return { list, rows: pages.flatMap((page) => page.rows), total: pages[0]?.total ?? 0 };
}

/**
 * What is new at the top of a page, and what is left of the rows that it had; nothing when that cannot be told, or when
 * rows are gone from behind.
 */
function putOnTop<Row>(
  fresh: Held<Row>,
  former: Held<Row>,
  idOf: (row: Row) => unknown,
): Held<Row> | undefined {
  const last = fresh.rows.at(-1);
  const at = last === undefined ? -1 : former.rows.findIndex((row) => idOf(row) === idOf(last));
  if (at < 0 || fresh.next === undefined) return undefined;
  const known = new Set(former.rows.map(idOf));
  const added = fresh.rows.filter((row) => !known.has(idOf(row))).length;
  const removed = at + 1 - (fresh.rows.length - added);
  if (fresh.total !== undefined && fresh.total !== (former.total ?? 0) + added - removed) return undefined;
  const { next, atMs } = former;
  return { ...fresh, rows: [...fresh.rows, ...former.rows.slice(at + 1)], next, atMs };
}
