import { UserError } from '@cozecut/problems';
import { sql } from 'kysely';
import type { Engine, Notify, Tx } from '../engine/engine.ts';
import { prepared } from '../engine/prepared.ts';
import { draftNotFound } from '../not-found.ts';
import type { ShareOptions, StoredDraft } from '../types.ts';
import { createDocuments, type Document } from './documents.ts';
import { createHeads, type Head } from './heads.ts';
import type { Effect } from './once.ts';
import type { Quotas } from './quota.ts';
import { type DraftRow, summaryOf, type TimelineText, textOf } from './rows.ts';

/** A change of a draft, and who waits for it. */
interface Edit {
  owner: string | undefined;
  edit(timeline: unknown): unknown;
  /** Whether `edit` works on a timeline that others have, too. */
  isShared: boolean;
  /** Names the change, so that it is made once. */
  effect: Effect | undefined;
  resolve(draft: StoredDraft): void;
  reject(error: unknown): void;
}

/** What became of one edit of a group. */
type Outcome =
  | {
      edit: Edit;
      text: TimelineText;
      document: Document;
      /** What the edit gave, where it has that for itself. */
      own?: { timeline: unknown };
      revision: number;
    }
  | { edit: Edit; error: unknown }
  | { edit: Edit; repeated: StoredDraft };

/** Edits of one draft are made together up to this many. */
const MAX_GROUP = 64;
/** Of the timelines that are remembered, as JSON. */
const MAX_REMEMBERED_BYTES = 4 * 1024 * 1024;

/** What edits need. */
export interface EditorOptions {
  engine: Engine;
  quotas: Quotas;
  now(): number;
  keepRevisions: number;
}

/**
 * Edits drafts. Edits of one draft in this process are made in order, several with one write. They are made on what is
 * remembered or was read before, and kept only when nobody else was faster; otherwise they are made again while the
 * draft is locked, so that nobody loses twice.
 */
export function createEditor({ engine, quotas, now, keepRevisions }: EditorOptions) {
  const waiting = new Map<string, Edit[]>();
  const documents = createDocuments();
  const heads = createHeads(MAX_REMEMBERED_BYTES);
  const statements = createStatements();

  async function drain(id: string, edits: Edit[]): Promise<void> {
    while (edits.length > 0) {
      const group = edits.splice(0, MAX_GROUP);
      try {
        await makeGroup(id, group);
      } catch (error) {
        if (group.length === 1 && !engine.isDuplicate(error)) group[0]!.reject(error);
        // One edit must not take the others of its group with it; one that was made meanwhile is found the second time.
        else for (const edit of group) await makeGroup(id, [edit]).catch(edit.reject);
      }
    }
    waiting.delete(id);
  }

  async function makeGroup(id: string, group: Edit[]): Promise<void> {
    let head = heads.get(id) ?? (await read(engine.db, id));
    let made = await makeEdits(engine.db, head, group);
    // What is kept tells whether the draft is still what it was; what is refused would not.
    if (made.some((outcome) => 'error' in outcome) && !(await isNewest(head))) {
      head = await read(engine.db, id);
      made = await makeEdits(engine.db, head, group);
    }
    heads.forget(id);
    const kept =
      (await engine.write((tx, notify) => keep(tx, notify, head, made, false))) ??
      (await engine.write(async (tx, notify) => {
        await lock(engine, tx, id);
        const locked = await read(tx, id);
        return (await keep(tx, notify, locked, await makeEdits(tx, locked, group), true))!;
      }));
    heads.keep(kept.head);
    answer(kept);
  }

  /** @throws UserError DRAFT_NOT_FOUND */
  async function read(on: Tx, id: string): Promise<Head> {
    const {
      rows: [found],
    } = await statements.head(on, { id });
    if (found === undefined) throw draftNotFound(id);
    const { timeline, ...row } = found;
    return { row, timeline: documents.read(timeline) };
  }

  /** The draft of a row that was just read. */
  async function headOf(row: DraftRow): Promise<Head> {
    const known = heads.get(row.id);
    if (known?.row.revision === row.revision) return { row, timeline: known.timeline };
    const head = await read(engine.db, row.id);
    if ((heads.get(row.id)?.row.revision ?? 0) < head.row.revision) heads.keep(head);
    return head;
  }

  async function isNewest({ row }: Head): Promise<boolean> {
    const { rows } = await statements.revision(engine.db, { id: row.id });
    return rows[0]?.revision === row.revision;
  }

  /** Applies the edits one after the other; one that fails leaves no trace in the next. */
  async function makeEdits(db: Tx, head: Head, group: readonly Edit[]): Promise<Outcome[]> {
    let document = head.timeline;
    let { revision } = head.row;
    const outcomes: Outcome[] = [];
    for (const edit of group) {
      try {
        if (edit.owner !== undefined && edit.owner !== head.row.owner) throw draftNotFound(head.row.id);
        const repeated = edit.effect === undefined ? undefined : await repeat(db, head.row, edit);
        if (repeated !== undefined) {
          outcomes.push({ edit, repeated });
          continue;
        }
        const changed = make(edit, document);
        document = changed.document;
        revision += 1;
        outcomes.push({ edit, ...changed, revision });
      } catch (error) {
        outcomes.push({ edit, error });
      }
    }
    return outcomes;
  }

  function make({ edit, isShared }: Edit, before: Document) {
    if (isShared) {
      const document = documents.of(edit(before.value));
      return { document, text: { text: document.text(), bytes: document.bytes() } };
    }
    const timeline = edit(JSON.parse(before.text()));
    const text = textOf(timeline);
    return { document: documents.read(text.text), own: { timeline }, text };
  }

  /** What an edit gave that a former attempt of its call has made. Its callback sees once more what it saw then. */
  async function repeat(db: Tx, row: DraftRow, { effect, edit }: Edit): Promise<StoredDraft | undefined> {
    const made = await db
      .selectFrom('draft_effects')
      .select('revision')
      .where('effect', '=', effect!.name)
      .executeTakeFirst();
    if (made === undefined) return undefined;
    const [before, after] = await Promise.all(
      [made.revision - 1, made.revision].map((revision) => readRevision(db, row.id, revision)),
    );
    if (before === undefined || after === undefined) {
      throw new UserError('ANSWER_LOST', `draft ${row.id} was changed, but the answer is no longer known`, {
        hint: 'read the draft before you change it again',
      });
    }
    edit(JSON.parse(before.timeline));
    return {
      ...summaryOf(row),
      revision: made.revision,
      bytes: after.bytes,
      modifiedAt: after.created_at,
      timeline: JSON.parse(after.timeline),
    };
  }

  /** Keeps what was made; nothing when another process was faster. */
  async function keep(
    tx: Tx,
    notify: Notify,
    head: Head,
    outcomes: Outcome[],
    isLocked: boolean,
  ): Promise<{ head: Head; outcomes: Outcome[] } | undefined> {
    const made = outcomes.filter((outcome) => 'text' in outcome);
    const last = made.at(-1);
    if (last === undefined) return { head, outcomes };
    const { id, owner } = head.row;
    const { revision } = last;
    const { bytes } = last.text;
    const time = now();
    const {
      rows: [row],
    } = await statements.change(tx, { id, former: head.row.revision, revision, bytes, modified_at: time });
    if (row === undefined) {
      if (isLocked) throw draftNotFound(id);
      return undefined;
    }
    for (const [index, { edit, revision, text }] of made.entries()) {
      // A call that is repeated needs the states before and after its change.
      const isNeeded = edit.effect !== undefined || made[index + 1]?.edit.effect !== undefined;
      if (index < made.length - keepRevisions && !isNeeded) continue;
      await statements.addRevision(tx, revisionRow(id, revision, text, time));
    }
    const effects = made.flatMap(({ edit: { effect }, revision }) =>
      effect === undefined ? [] : [effectRow(effect, id, revision, time)],
    );
    if (effects.length > 0) await tx.insertInto('draft_effects').values(effects).execute();
    if (revision > keepRevisions) await statements.dropRevisions(tx, { id, last: revision - keepRevisions });
    if (bytes > head.row.bytes) await quotas.check(tx, owner);
    notify(draftTopic(id));
    return { head: { row, timeline: last.document }, outcomes };
  }

  return {
    headOf,
    /** See `DraftStore.edit`. */
    edit(
      id: string,
      owner: string | undefined,
      edit: (timeline: unknown) => unknown,
      { isShared = false }: ShareOptions = {},
      effect?: Effect,
    ): Promise<StoredDraft> {
      const { promise, resolve, reject } = Promise.withResolvers<StoredDraft>();
      const one: Edit = { owner, edit, isShared, effect, resolve, reject };
      const edits = waiting.get(id);
      if (edits === undefined) {
        const first = [one];
        waiting.set(id, first);
        void drain(id, first);
      } else edits.push(one);
      return promise;
    },
  };
}

/** What every edit needs. */
function createStatements() {
  return {
    head: prepared(['id'], (on, { id }: { id: string }) =>
      on
        .selectFrom('drafts')
        .innerJoin('draft_revisions', (join) =>
          join
            .onRef('draft_revisions.draft_id', '=', 'drafts.id')
            .onRef('draft_revisions.revision', '=', 'drafts.revision'),
        )
        .selectAll('drafts')
        .select('draft_revisions.timeline')
        .where('drafts.id', '=', id),
    ),
    revision: prepared(['id'], (on, { id }: { id: string }) =>
      on.selectFrom('drafts').select('revision').where('id', '=', id),
    ),
    change: prepared(
      ['id', 'former', 'revision', 'bytes', 'modified_at'],
      (on, given: Pick<DraftRow, 'id' | 'revision' | 'bytes' | 'modified_at'> & { former: number }) => {
        const { id, former, ...changed } = given;
        return on
          .updateTable('drafts')
          .set({ ...changed, state: 'open' })
          .where('id', '=', id)
          .where('revision', '=', former)
          .returningAll();
      },
    ),
    addRevision: revisionInsert(),
    // All but those that a call without an answer may need once more.
    dropRevisions: prepared(['id', 'last'], (on, { id, last }: { id: string; last: number }) =>
      on
        .deleteFrom('draft_revisions')
        .where('draft_id', '=', id)
        .where('revision', '<=', last)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('draft_effects')
                .innerJoin('idempotency', 'idempotency.seed', 'draft_effects.seed')
                .select('draft_effects.effect')
                .whereRef('draft_effects.draft_id', '=', 'draft_revisions.draft_id')
                .where(
                  sql<boolean>`draft_effects.revision in (draft_revisions.revision, draft_revisions.revision + 1)`,
                )
                .where('idempotency.answer', 'is', null),
            ),
          ),
        ),
    ),
  };
}

function answer({ head: { row }, outcomes }: { head: Head; outcomes: Outcome[] }): void {
  for (const outcome of outcomes) {
    if ('error' in outcome) outcome.edit.reject(outcome.error);
    else if ('repeated' in outcome) outcome.edit.resolve(outcome.repeated);
    else {
      const { edit, own, document, revision, text } = outcome;
      edit.resolve({
        ...summaryOf(row),
        revision,
        bytes: text.bytes,
        // Nearly nobody looks at what it has just made.
        get timeline() {
          return own === undefined ? document.value : own.timeline;
        },
      });
    }
  }
}

/** Nobody else changes the draft until the change ends; SQLite lets one process write anyway. */
async function lock({ kind }: Engine, tx: Tx, id: string): Promise<void> {
  if (kind !== 'postgres') return;
  await tx.selectFrom('drafts').select('id').where('id', '=', id).forUpdate().execute();
}

/** One state of a draft; nothing when it is not kept. */
export function readRevision(db: Tx, id: string, revision: number) {
  return db
    .selectFrom('draft_revisions')
    .select(['timeline', 'bytes', 'created_at'])
    .where('draft_id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
}

/** The row of a state of a draft. */
export function revisionRow(id: string, revision: number, { text, bytes }: TimelineText, createdAt: number) {
  return { draft_id: id, revision, timeline: text, bytes, created_at: createdAt };
}

/** The row of a change that a call has made. */
export function effectRow({ name, seed }: Effect, id: string, revision: number, createdAt: number) {
  return { effect: name, seed, draft_id: id, revision, created_at: createdAt };
}

/** Adds the row of a state of a draft. */
export const revisionInsert = () =>
  prepared(
    ['draft_id', 'revision', 'timeline', 'bytes', 'created_at'],
    (on, row: ReturnType<typeof revisionRow>) => on.insertInto('draft_revisions').values(row),
  );

/** What those who watch a draft wait for. */
export const draftTopic = (id: string): string => `draft:${id}`;
