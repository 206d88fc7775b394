import type { Insertable } from 'kysely';
import type { Tx } from '../engine/engine.ts';
import { prepared } from '../engine/prepared.ts';
import type { Tables } from '../schema/tables.ts';
import type { FolderWrite, KeptFolderWrite } from '../types.ts';

type Row = Omit<Insertable<Tables['folder_writes']>, 'seq'>;

/** Nobody is still in the middle of a write that was noted so long ago. */
const UNDER_WAY_MS = 3_600_000;
/** A draft whose folder is taken away again and again leaves one behind each time. */
const MOST_KEPT = 16;

/** What was written to the folders of drafts. Times are Unix milliseconds. */
export function createFolderWrites() {
  const put = prepared(
    ['id', 'draft_id', 'folder', 'revision', 'facts', 'is_saved', 'created_at'],
    (on, row: Row) =>
      on
        .insertInto('folder_writes')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({ facts: row.facts, is_saved: row.is_saved }),
        ),
  );
  const select = prepared(['draft_id', 'folder'], (on, given: Pick<Row, 'draft_id' | 'folder'>) =>
    on
      .selectFrom('folder_writes as w')
      .innerJoin('drafts', 'drafts.id', 'w.draft_id')
      .select(['w.id', 'w.folder', 'w.revision', 'w.facts', 'w.is_saved', 'drafts.owner'])
      .where('w.draft_id', '=', given.draft_id)
      .where('w.folder', '=', given.folder)
      .orderBy('w.seq', 'desc'),
  );
  const forget = prepared(
    ['id', 'draft_id', 'folder', 'replaces', 'before'],
    (on, given: Pick<Row, 'id' | 'draft_id' | 'folder'> & { replaces: string; before: number }) => {
      const newest = on
        .selectFrom('folder_writes')
        .select('seq')
        .where('draft_id', '=', given.draft_id)
        .where('folder', '=', given.folder)
        .orderBy('seq', 'desc')
        .limit(MOST_KEPT);
      return on
        .deleteFrom('folder_writes')
        .where('draft_id', '=', given.draft_id)
        .where('folder', '=', given.folder)
        .where('id', '!=', given.id)
        .where(({ or, and, eb }) =>
          or([
            eb('id', '=', given.replaces),
            and([eb('is_saved', '=', 0), eb('created_at', '<', given.before)]),
            eb('seq', 'not in', newest),
          ]),
        );
    },
  );

  const forgetOthers = prepared(
    ['id', 'draft_id', 'folder'],
    (on, given: Pick<Row, 'id' | 'draft_id' | 'folder'>) =>
      on
        .deleteFrom('folder_writes')
        .where('draft_id', '=', given.draft_id)
        .where('folder', '=', given.folder)
        .where('id', '!=', given.id),
  );

  const rowOf = (
    draftId: string,
    { id, folder, revision, facts }: FolderWrite,
    isSaved: 0 | 1,
    at: number,
  ): Row => ({
    id,
    draft_id: draftId,
    folder,
    revision,
    facts: JSON.stringify(facts),
    is_saved: isSaved,
    created_at: at,
  });

  return {
    /** Notes a write that is not done yet. */
    async begin(tx: Tx, draftId: string, write: FolderWrite, at: number): Promise<void> {
      await put(tx, rowOf(draftId, write, 0, at));
    },

    /** Notes that a write was done. */
    async end(tx: Tx, draftId: string, write: FolderWrite, at: number): Promise<void> {
      const row = rowOf(draftId, write, 1, at);
      await put(tx, row);
      const { id, folder } = row;
      const [replaces, before] = [write.replaces ?? '', at - UNDER_WAY_MS];
      await forget(tx, { id, draft_id: draftId, folder, replaces, before });
    },

    /** Notes that a copy was made: the only one in its folder. */
    async endCopy(tx: Tx, draftId: string, write: FolderWrite, at: number): Promise<void> {
      const row = rowOf(draftId, write, 1, at);
      await put(tx, row);
      await forgetOthers(tx, { id: row.id, draft_id: draftId, folder: row.folder });
    },

    /** See `DraftStore.writes`; with the owner of the draft where there is a write. */
    async list(
      on: Tx,
      draftId: string,
      folder: string,
    ): Promise<{ writes: KeptFolderWrite[]; owner: string | undefined }> {
      const { rows } = await select(on, { draft_id: draftId, folder });
      const writes = rows.map(({ facts, is_saved, owner: _, ...row }) => ({
        ...row,
        facts: JSON.parse(facts) as unknown,
        isSaved: is_saved === 1,
      }));
      return { writes, owner: rows[0]?.owner };
    },
  };
}
