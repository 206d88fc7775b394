import { type Selectable, sql } from 'kysely';
import type { Engine } from './engine/engine.ts';
import { prepared } from './engine/prepared.ts';
import { newestOf } from './page.ts';
import type { Tables } from './schema/tables.ts';
import type { CallJournal, CallRecord, NewCall } from './types.ts';
import { containing } from './words.ts';

type CallRow = Omit<Selectable<Tables['calls']>, 'seq'>;

const COLUMNS = [
  'id',
  'owner',
  'tool',
  'mode',
  'request_id',
  'draft_id',
  'job_id',
  'status',
  'code',
  'message',
  'started_at',
  'duration_ms',
] as const satisfies (keyof CallRow)[];

/** The journal of calls in a database. */
export function createCallJournal(engine: Engine, { uuid }: { uuid(): string }): CallJournal {
  const { db, write } = engine;
  const insert = prepared(COLUMNS, (on, row: CallRow) => on.insertInto('calls').values(row));

  return {
    async record(call) {
      const row = toRow(call, uuid);
      await write((tx) => insert(tx, row));
      return fromRow(row);
    },

    async recordAll(calls) {
      const rows = calls.map((call) => toRow(call, uuid));
      await write(async (tx) => {
        for (const row of rows) await insert(tx, row);
      });
    },

    async list({ limit, before, since, until, query, ...equal }) {
      let matching = db.selectFrom('calls');
      const columns = {
        owner: 'owner',
        tool: 'tool',
        draftId: 'draft_id',
        status: 'status',
        code: 'code',
      } as const;
      for (const [name, column] of Object.entries(columns)) {
        const value = equal[name as keyof typeof columns];
        if (value !== undefined) matching = matching.where(column, '=', value);
      }
      if (since !== undefined) matching = matching.where('started_at', '>=', since);
      if (until !== undefined) matching = matching.where('started_at', '<', until);
      if (query !== undefined) {
        const searched = ['tool', 'message', 'id', 'request_id', 'draft_id', 'job_id'];
        matching = matching.where(
          sql<boolean>`(${sql.join(
            searched.map((column) => containing(engine, column, query)),
            sql` or `,
          )})`,
        );
      }
      const { total } = await matching
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const { page, ...next } = await newestOf('calls', matching, { limit, before });
      return { calls: page.map(fromRow), total, ...next };
    },
  };
}

function toRow(call: NewCall, uuid: () => string): CallRow {
  return {
    id: call.id ?? timed(uuid(), call.startedAt),
    owner: call.owner,
    tool: call.tool,
    mode: call.mode,
    request_id: call.requestId ?? null,
    draft_id: call.draftId ?? null,
    job_id: call.jobId ?? null,
    status: call.status,
    code: call.code ?? null,
    message: call.message ?? null,
    started_at: call.startedAt,
    duration_ms: call.durationMs,
  };
}

/** A random UUID as one of version 7: what was called at about one time stands together in the index. */
function timed(uuid: string, ms: number): string {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${uuid.slice(15)}`;
}

function fromRow(row: CallRow): CallRecord {
  return {
    id: row.id,
    owner: row.owner,
    tool: row.tool,
    mode: row.mode,
    requestId: row.request_id ?? undefined,
    draftId: row.draft_id ?? undefined,
    jobId: row.job_id ?? undefined,
    status: row.status,
    code: row.code ?? undefined,
    message: row.message ?? undefined,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
  };
}
