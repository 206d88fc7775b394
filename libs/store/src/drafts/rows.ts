import type { Selectable } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { DraftSummary } from '../types.ts';

/** A draft as it stands in its table. */
export type DraftRow = Omit<Selectable<Tables['drafts']>, 'seq'>;

/** What is told of a draft. */
export function summaryOf(row: DraftRow): DraftSummary {
  return {
    id: row.id,
    owner: row.owner,
    name: row.name,
    revision: row.revision,
    state: row.state,
    folder: row.folder ?? undefined,
    bytes: row.bytes,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

/** A timeline as it is kept. */
export interface TimelineText {
  text: string;
  bytes: number;
}

/** @throws TypeError when the timeline is not JSON. */
export function textOf(timeline: unknown): TimelineText {
  const text = JSON.stringify(timeline);
  if (text === undefined) throw new TypeError('a timeline must be JSON (got undefined)');
  return { text, bytes: Buffer.byteLength(text) };
}
