import { UserError } from '@cozecut/problems';
import type { Engine, Notify, Tx } from '../engine/engine.ts';
import { draftNotFound } from '../not-found.ts';
import type { StoredDraft } from '../types.ts';
import type { Quotas } from './quota.ts';
import { type DraftRow, summaryOf, type TimelineText, textOf } from './rows.ts';

/** A change of a draft, and who waits for it. */
interface Edit {
  owner: string | undefined;
  edit(timeline: unknown): unknown;
  /** Names the change, so that it is made once. */
  effect: string | undefined;
  resolve(draft: StoredDraft): void;
  reject(error: unknown): void;
}

/** What became of one edit of a group. */
type Outcome =
  | { edit: Edit; text: TimelineText; timeline: unknown; revision: number }
  | { edit: Edit; error: unknown }
  | { edit: Edit; repeated: StoredDraft };

/** A draft with its timeline as text. */
export interface Head {
  row: DraftRow;
  text: string;
}

/** Edits of one draft are made together up to this many. */
const MAX_GROUP = 64;

/** What edits need. */
export interface EditorOptions {
  engine: Engine;
  quotas: Quotas;
  now(): number;
  keepRevisions: number;
}

/**
 * Edits drafts. Edits of one draft in this process are made in order, several with one write. They are made on what was
 * read before, and kept only when nobody else was faster; otherwise they are made again while the draft is locked, so
 * that nobody loses twice.
 */
export function createEditor({ engine, quotas, now, keepRevisions }: EditorOptions) {
  const waiting = new Map<string, Edit[]>();

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
    const head = await readHead(engine.db, id);
    const made = await makeEdits(engine.db, head, group);
    const kept = await engine.write((tx, notify) => keep(tx, notify, head, made, false));
    if (kept !== undefined) return answer(kept);
    answer(
      await engine.write(async (tx, notify) => {
        await lock(engine, tx, id);
        const locked = await readHead(tx, id);
        return (await keep(tx, notify, locked, await makeEdits(tx, locked, group), true))!;
      }),
    );
  }

  /** Applies the edits one after the other; one that fails leaves no trace in the next. */
  async function makeEdits(db: Tx, head: Head, group: readonly Edit[]): Promise<Outcome[]> {
    let { text } = head;
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
        const timeline = edit.edit(JSON.parse(text));
        const changed = textOf(timeline);
        revision += 1;
        outcomes.push({ edit, text: changed, timeline, revision });
        text = changed.text;
      } catch (error) {
        outcomes.push({ edit, error });
      }
    }
    return outcomes;
  }

  /** What an edit gave that a former attempt of its call has made. Its callback sees once more what it saw then. */
  async function repeat(db: Tx, row: DraftRow, { effect, edit }: Edit): Promise<StoredDraft | undefined> {
    const made = await db
      .selectFrom('draft_effects')
      .select('revision')
      .where('effect', '=', effect!)
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
  ): Promise<{ row: DraftRow; outcomes: Outcome[] } | undefined> {
    const made = outcomes.filter((outcome) => 'text' in outcome);
    const last = made.at(-1);
    if (last === undefined) return { row: head.row, outcomes };
    const { id, owner } = head.row;
    const row: DraftRow = {
      ...head.row,
      revision: last.revision,
      bytes: last.text.bytes,
      state: 'open',
      modified_at: now(),
    };
    const { revision, bytes, state, modified_at } = row;
    const { numUpdatedRows } = await tx
      .updateTable('drafts')
      .set({ revision, bytes, state, modified_at })
      .where('id', '=', id)
      .where('revision', '=', head.row.revision)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) {
      if (isLocked) throw draftNotFound(id);
      return undefined;
    }
    await tx
      .insertInto('draft_revisions')
      .values(
        made.slice(-keepRevisions).map(({ revision, text }) => revisionRow(id, revision, text, modified_at)),
      )
      .execute();
    await tx
      .deleteFrom('draft_revisions')
      .where('draft_id', '=', id)
      .where('revision', '<=', revision - keepRevisions)
      .execute();
    const effects = made.flatMap(({ edit, revision }) =>
      edit.effect === undefined
        ? []
        : [{ effect: edit.effect, draft_id: id, revision, created_at: modified_at }],
    );
    if (effects.length > 0) await tx.insertInto('draft_effects').values(effects).execute();
    if (bytes > head.row.bytes) await quotas.check(tx, owner);
    notify(draftTopic(id));
    return { row, outcomes };
  }

  return {
    /** See `DraftStore.edit`. */
    edit(
      id: string,
      owner: string | undefined,
      edit: (timeline: unknown) => unknown,
      effect?: string,
    ): Promise<StoredDraft> {
      const { promise, resolve, reject } = Promise.withResolvers<StoredDraft>();
      const one: Edit = { owner, edit, effect, resolve, reject };
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

function answer({ row, outcomes }: { row: DraftRow; outcomes: Outcome[] }): void {
  for (const outcome of outcomes) {
    if ('error' in outcome) outcome.edit.reject(outcome.error);
    else if ('repeated' in outcome) outcome.edit.resolve(outcome.repeated);
    else {
      const { edit, timeline, revision, text } = outcome;
      edit.resolve({ ...summaryOf(row), revision, bytes: text.bytes, timeline });
    }
  }
}

/** @throws UserError DRAFT_NOT_FOUND */
export async function readHead(db: Tx, id: string): Promise<Head> {
  const row = await db
    .selectFrom('drafts')
    .innerJoin('draft_revisions', (join) =>
      join
        .onRef('draft_revisions.draft_id', '=', 'drafts.id')
        .onRef('draft_revisions.revision', '=', 'drafts.revision'),
    )
    .selectAll('drafts')
    .select('draft_revisions.timeline')
    .where('drafts.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw draftNotFound(id);
  const { timeline, ...draft } = row;
  return { row: draft, text: timeline };
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

/** What those who watch a draft wait for. */
export const draftTopic = (id: string): string => `draft:${id}`;
