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
