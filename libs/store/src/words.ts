import { type RawBuilder, sql } from 'kysely';
import type { Engine } from './engine/engine.ts';

/**
 * Whether a column has a text in it; letters of ASCII are the same in either case, as far as SQLite knows cases. Not LIKE:
 * a name may hold % and _, and a search for them means just that.
 */
export function containing({ kind }: Engine, column: string, text: string): RawBuilder<boolean> {
  const place = sql.ref(column);
  const wanted = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return kind === 'postgres'
    ? sql`strpos(lower(${place} collate "C"), ${wanted}) > 0`
    : sql`instr(lower(${place}), ${wanted}) > 0`;
}

/** JSON as it is kept; nothing for `undefined`. */
export function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** What was kept by {@link jsonOf}. */
export function parsed(json: string | null): unknown {
  return json === null ? undefined : JSON.parse(json);
}
