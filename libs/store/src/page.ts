import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import type { Tables } from './schema/tables.ts';

/** What lists are kept in, each in the order of `seq`. */
type Listed = 'calls' | 'drafts' | 'jobs' | 'sessions';

/** The place in a list that a page before has given as `next`; nothing when the text is the id of a row. */
export function placeIn(before: string): number | undefined {
  return /^\d{1,15}$/.test(before) ? Number(before) : undefined;
}

/**
 * A page, and the place where the next one begins; that stays good when rows are removed meanwhile, as an id does not.
 *
 * @param rows - One more than `limit`, when there are so many.
 */
export function pageOf<Row>(rows: readonly Row[], limit: number): { page: Row[]; next?: string } {
  const page = rows.slice(0, limit);
  const last = page.at(-1) as { seq?: number } | undefined;
  return { page, ...(rows.length > limit && last !== undefined ? { next: String(last.seq) } : {}) };
}

/**
 * The newest rows of a query, before a place or the row of an id where one is named.
 *
 * @param matching - What is listed, without an order.
 */
export async function newestOf<T extends Listed>(
  table: T,
  matching: SelectQueryBuilder<Tables, T, object>,
  { limit, before }: { limit: number; before: string | undefined },
): Promise<{ page: Selectable<Tables[T]>[]; next?: string }> {
  let older = matching;
  if (before !== undefined) {
    const place = placeIn(before) ?? sql`(select seq from ${sql.table(table)} where id = ${before})`;
    older = matching.where(sql<boolean>`seq < ${place}`);
  }
  const rows = await older
    .selectAll()
    .orderBy(sql`seq`, 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows as Selectable<Tables[T]>[], limit);
}
