import type { Engine, Tx } from '../engine/engine.ts';
import { prepared } from '../engine/prepared.ts';
import { draftNotFound } from '../not-found.ts';
import { LOCAL_OWNER } from '../owner.ts';
import { newestOf, placeIn } from '../page.ts';
import type { AllDrafts, DraftStore, Quota, ShareOptions, StoredDraft } from '../types.ts';
import { containing } from '../words.ts';
import { createFolderWrites } from './folder-writes.ts';
import { type Effect, type EffectfulDrafts, type NextEffect, WITH_EFFECTS } from './once.ts';
import { createQuotas, type Quotas } from './quota.ts';
import { removeDrafts } from './remove.ts';
import { readRevisions, readTimeline } from './revisions.ts';
import { type DraftRow, summaryOf, textOf } from './rows.ts';
import { watchDraft } from './watch.ts';
import { createEditor, draftTopic, effectRow, revisionInsert, revisionRow } from './write-drafts.ts';

/** What a store of drafts needs. */
export interface DraftsOptions {
  engine: Engine;
  now(): number;
  uuid(): string;
  /** Limits of owners that have none of their own. */
  quota: Quota;
  /** How many states of a draft are kept, the newest one included; at least 2. */
  keepRevisions: number;
}

const COLUMNS = [
  'id',
  'owner',
  'name',
  'revision',
  'bytes',
  'state',
  'folder',
  'created_at',
  'modified_at',
] as const satisfies (keyof DraftRow)[];

/** Drafts in a database, and what limits them. */
export function createDraftStore(options: DraftsOptions): { drafts: AllDrafts; quotas: Quotas } {
  const { engine, now, uuid } = options;
  const { db, write } = engine;
  const quotas = createQuotas(engine, options.quota);
  const editor = createEditor({ ...options, quotas });
  const insert = prepared(COLUMNS, (on, row: DraftRow) => on.insertInto('drafts').values(row));
  const addRevision = revisionInsert();
  const select = prepared(['id'], (on, { id }: Pick<DraftRow, 'id'>) =>
    on.selectFrom('drafts').selectAll().where('id', '=', id),
  );
  const folderWrites = createFolderWrites();
  const save = prepared(
    ['id', 'folder', 'state', 'modified_at'],
    (on, { id, ...saved }: Pick<DraftRow, 'id' | 'folder' | 'state' | 'modified_at'>) =>
      on.updateTable('drafts').set(saved).where('id', '=', id),
  );

  /** @param owner - Whose drafts there are; everybody's when left out. @param next - Names the changes. */
  function view(owner: string | undefined, next: NextEffect | undefined): DraftStore & EffectfulDrafts {
    const belongs = (row: DraftRow) => owner === undefined || row.owner === owner;

    async function summary(on: Tx, id: string): Promise<DraftRow> {
      const {
        rows: [row],
      } = await select(on, { id });
      if (row === undefined || !belongs(row)) throw draftNotFound(id);
      return row;
    }

    /** Whether the change was made by a former attempt; it is from now on. */
    async function isRepeated(
      tx: Tx,
      effect: Effect | undefined,
      id: string,
      revision: number,
    ): Promise<boolean> {
      if (effect === undefined) return false;
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('draft_effects')
        .values(effectRow(effect, id, revision, now()))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 0n;
    }

    /** The draft as it is. */
    async function whole(id: string, { isShared = false }: ShareOptions = {}): Promise<StoredDraft> {
      const { row, timeline } = await editor.headOf(await summary(db, id));
      return { ...summaryOf(row), timeline: isShared ? timeline.value : JSON.parse(timeline.text()) };
    }

    return {
      get: whole,

      async create(timeline, { name, id = uuid(), toCome }) {
        const effect = next?.();
        const time = now();
        const text = textOf(timeline);
        const row: DraftRow = {
          id,
          owner: owner ?? LOCAL_OWNER,
          name,
          revision: 1,
          bytes: text.bytes,
          state: 'open',
          folder: null,
          created_at: time,
          modified_at: time,
        };
        await write(async (tx) => {
          // The call that is repeated made the same draft, which may have been changed or removed since.
          if (await isRepeated(tx, effect, id, 1)) return;
          await insert(tx, row);
          await addRevision(tx, revisionRow(id, 1, text, time));
          await quotas.check(tx, row.owner, toCome);
        });
        return { ...summaryOf(row), timeline };
      },

      edit: (id, edit, options) => editor.edit(id, owner, edit, options, next?.()),

      async writing(id, one) {
        await write(async (tx) => {
          await summary(tx, id);
          await folderWrites.begin(tx, id, one, now());
        });
      },

      async writes(id, folder) {
        const { writes, owner: whose } = await folderWrites.list(db, id, folder);
        // Where there is none, there may be no draft.
        if (whose === undefined || (owner !== undefined && whose !== owner)) await summary(db, id);
        return writes;
      },

      async saved(id, folder, one) {
        const effect = next?.();
        return write(async (tx, notify) => {
          const row = await summary(tx, id);
          if (await isRepeated(tx, effect, id, row.revision)) return summaryOf(row);
          const isNewest = one === undefined || one.revision >= row.revision;
          const state: DraftRow['state'] = isNewest ? 'saved' : row.state;
          const at = now();
          const changed = { folder, state, modified_at: at };
          await save(tx, { id, ...changed });
          if (one !== undefined) await folderWrites.end(tx, id, one, at);
          notify(draftTopic(id));
          return summaryOf({ ...row, ...changed });
        });
      },

      async copied(id, one) {
        await write(async (tx) => {
          await summary(tx, id);
          await folderWrites.endCopy(tx, id, one, now());
        });
      },

      async list({ limit, query, before }) {
        let matching = db.selectFrom('drafts');
        if (owner !== undefined) matching = matching.where('owner', '=', owner);
        if (query !== undefined) {
          matching = matching.where(({ eb, or }) =>
            or([containing(engine, 'name', query), eb('id', '=', query)]),
          );
        }
        const { total } = await matching
          .select(({ fn }) => fn.countAll<number>().as('total'))
          .executeTakeFirstOrThrow();
        if (before !== undefined && placeIn(before) === undefined) await summary(db, before);
        const { page, ...next } = await newestOf('drafts', matching, { limit, before });
        return { drafts: page.map(summaryOf), total, ...next };
      },

      async revisions(id, page) {
        await summary(db, id);
        return readRevisions(db, id, page);
      },

      async timelineAt(id, revision) {
        await summary(db, id);
        return readTimeline(db, id, revision);
      },

      async remove(id) {
        const effect = next?.();
        await write(async (tx, notify) => {
          if (await isRepeated(tx, effect, id, 0)) return;
          await summary(tx, id);
          await removeDrafts(engine, tx, [id]);
          notify(draftTopic(id));
        });
      },

      [WITH_EFFECTS]: (names) => view(owner, names),
    };
  }

  const drafts: AllDrafts & EffectfulDrafts = {
    ...view(undefined, undefined),
    forOwner: (owner) => view(owner, undefined),
    usage: quotas.usage,
    quota: quotas.of,
    setQuota: quotas.set,
    watch: (id, watched) => watchDraft(engine, id, watched),
  };
  return { drafts, quotas };
}
