import { UserError } from '@cozecut/problems';
import type { Request } from 'express';

/** Entries of a page: `?limit=` from 1 to 200, 50 when it is left out or is no number. */
export function pageLimit(request: Request): number {
  return Math.min(Math.max(Math.trunc(Number(request.query.limit ?? 50)) || 50, 1), 200);
}

/** One parameter of the query, when it is there once and is not empty. */
export function textParam(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Where a page begins: `?cursor=`, which is `next_cursor` of the page before.
 *
 * @throws UserError INPUT_INVALID for anything else.
 */
export function cursorParam(request: Request): string | undefined {
  const cursor = textParam(request, 'cursor');
  if (cursor === undefined || /^\d{1,15}$/.test(cursor)) return cursor;
  const got = JSON.stringify(cursor.slice(0, 40));
  throw new UserError('INPUT_INVALID', `cursor must be "next_cursor" of the page before (got ${got})`);
}
