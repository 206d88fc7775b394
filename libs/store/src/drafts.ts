import { UserError } from '@cozecut/problems';
import type { Kysely, Selectable } from 'kysely';
import { draftNotFound } from './not-found.ts';
import type { OpenStoreOptions } from './open-store.ts';
import type { Tables } from './schema.ts';
import type { DraftStore, StoredDraft } from './types.ts';

/** An edit is small and the loser of a race goes first in the next round often enough; this is far beyond what was seen. */
const MAX_RACES = 100;

/** Drafts in a database; every change is guarded by the revision it was made on. */
export function createDraftStore(db: Kysely<Tables>, { now, uuid }: OpenStoreOptions): DraftStore {
  async function get(id: string): Promise<StoredDraft> {
    const row = await db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw draftNotFound(id);
    return fromRow(row);
  }

  return {
    get,

    async create(timeline, { name, id = uuid() }) {
      const time = now();
      const row: Omit<Selectable<Tables['drafts']>, 'seq'> = {
        id,
        name,
        revision: 1,
        timeline: JSON.stringify(timeline),
        state: 'open',
        folder: null,
        created_at: time,
        modified_at: time,
      };
      await db.insertInto('drafts').values(row).execute();
      return fromRow(row);
    },

    async edit(id, edit) {
      for (let race = 0; race < MAX_RACES; race++) {
        const draft = await get(id);
        const timeline = edit(draft.timeline);
        const modifiedAt = now();
        const { numUpdatedRows } = await db
          .updateTable('drafts')
          .set({
            timeline: JSON.stringify(timeline),
            revision: draft.revision + 1,
            state: 'open',
            modified_at: modifiedAt,
          })
          .where('id', '=', id)
          .where('revision', '=', draft.revision)
          .executeTakeFirst();
        if (numUpdatedRows === 1n) {
          return { ...draft, timeline, revision: draft.revision + 1, state: 'open', modifiedAt };
        }
      }
      throw new UserError('DRAFT_CONFLICT', `draft ${id} is being changed by too many calls at once`, {
        hint: 'send the call again',
      });
    },

    async saved(id, folder) {
      const { numUpdatedRows } = await db
        .updateTable('drafts')
        .set({ state: 'saved', folder, modified_at: now() })
        .where('id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw draftNotFound(id);
      return get(id);
    },

    async list({ limit, query, before }) {
      let matching = db.selectFrom('drafts');
      if (query !== undefined) {
        // Not LIKE: a name may hold % and _, and a search for them means just that.
        matching = matching.where(({ eb, fn, val }) => eb(fn<number>('instr', ['name', val(query)]), '>', 0));
      }
      const { total } = await matching
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      let page = matching;
      if (before !== undefined) {
        const last = await db.selectFrom('drafts').select('seq').where('id', '=', before).executeTakeFirst();
        if (last === undefined) throw draftNotFound(before);
        page = page.where('seq', '<', last.seq);
      }
      const rows = await page.selectAll().orderBy('seq', 'desc').limit(limit).execute();
      return { drafts: rows.map(fromRow), total };
    },
  };
}

function fromRow(row: Omit<Selectable<Tables['drafts']>, 'seq'>): StoredDraft {
  return {
    id: row.id,
    name: row.name,
    revision: row.revision,
    timeline: JSON.parse(row.timeline),
    state: row.state,
    folder: row.folder ?? undefined,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}
