import { createReadStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { UserError } from '@cozecut/problems';
import { type Selectable, sql } from 'kysely';
import type { Quotas } from '../drafts/quota.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { prepared } from '../engine/prepared.ts';
import type { Tables } from '../schema/tables.ts';
import type { Blob, BlobHolder, BlobStore } from '../types.ts';
import type { BlobFiles } from './files.ts';
import { withRoom } from './full-disk.ts';
import { fingerprint, type Incoming, receive, takeOver } from './incoming.ts';

/** The last use is kept to the minute. */
const USED_STEP_MS = 60_000;

/** What a store of blobs needs. */
export interface BlobsOptions {
  engine: Engine;
  files: BlobFiles;
  quotas: Quotas;
  now(): number;
}

/** Blobs: what is known of them in a database, their content elsewhere. */
export function createBlobStore({ engine, files, quotas, now }: BlobsOptions): BlobStore {
  const { db, write } = engine;

  async function get(id: string): Promise<Blob | undefined> {
    const row = await db.selectFrom('blobs').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : fromRow(row);
  }

  /** Puts a blob on record; nothing when its content is gone. */
  async function keep(
    tx: Tx,
    { id, bytes, type, owner, holder, name }: BlobHolder & Pick<Blob, 'id' | 'bytes' | 'type'>,
  ): Promise<Blob | undefined> {
    await lockBlob(engine, tx, id);
    if (!(await files.has(id))) return undefined;
    const time = now();
    const row = await tx
      .insertInto('blobs')
      .values({ id, bytes, type, created_at: time, used_at: time })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ used_at: time }))
      .returningAll()
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('blob_holders')
      .values({ holder, name, blob_id: id, owner })
      .onConflict((conflict) => conflict.columns(['holder', 'name']).doUpdateSet({ blob_id: id, owner }))
      .execute();
    await quotas.check(tx, owner);
    return fromRow(row);
  }

  const held = (on: Tx, holder: string) =>
    on
      .selectFrom('blob_holders')
      .innerJoin('blobs', 'blobs.id', 'blob_holders.blob_id')
      .selectAll('blobs')
      .select('blob_holders.name')
      .where('holder', '=', holder);
  const heldAs = prepared(['holder', 'name'], (on, { holder, name }: { holder: string; name: string }) =>
    held(on, holder).where('blob_holders.name', '=', name),
  );

  /** Puts a file that has come in under its name, for a holder. */
  async function place(
    { file, id, bytes }: Incoming,
    { owner, holder, name, type }: BlobHolder & { type: string },
  ): Promise<Blob> {
    // A sweep may remove what nobody has held until now; it is put again then.
    for (let kept: Blob | undefined; ; ) {
      if (!(await files.refresh(id))) await files.place(file, id, bytes);
      kept = await write((tx) => keep(tx, { id, bytes, type, owner, holder, name }));
      if (kept !== undefined) return kept;
    }
  }

  const put: BlobStore['put'] = async (content, { maxBytes, signal, ...holder }) => {
    const limits = {
      ...(maxBytes === undefined ? {} : { maxBytes }),
      ...(signal === undefined ? {} : { signal }),
    };
    const incoming = await receive(files.incoming, content, limits);
    try {
      return await place(incoming, holder);
    } finally {
      await rm(incoming.file, { force: true });
    }
  };

  const adopt: BlobStore['adopt'] = async (given, { known, ...holder }) => {
    // Nobody else must take the same file, or put another one in its place meanwhile.
    const file = await takeOver(given, files.incoming);
    try {
      return await place({ file, ...(known ?? (await fingerprint(file))) }, holder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      return await put(createReadStream(file), holder);
    } finally {
      if (existsSync(file)) await rm(file, { force: true });
    }
  };

  return {
    get,

    has: (id) => files.has(id),

    put: (content, options) => withRoom(() => put(content, options)),

    adopt: (given, holder) => withRoom(() => adopt(given, holder)),

    async find(holder, name) {
      const { rows } = await heldAs(db, { holder, name });
      return rows[0] && fromRow(rows[0]);
    },

    async list(holder) {
      const rows = await held(db, holder).orderBy('name').execute();
      return rows.map((row) => ({ ...fromRow(row), name: row.name }));
    },

    async read(id, range) {
      const blob = await get(id);
      if (blob === undefined) throw blobNotFound(id);
      const last = blob.bytes - 1;
      const part =
        range === undefined ? undefined : { start: range.start, end: Math.min(range.end ?? last, last) };
      const content = await files.read(id, part);
      if (content === undefined) throw blobNotFound(id);
      const time = now();
      if (blob.usedAt + USED_STEP_MS <= time) {
        await write((tx) => tx.updateTable('blobs').set({ used_at: time }).where('id', '=', id).execute());
      }
      return content;
    },

    async drop(holder, names) {
      await write((tx) =>
        tx
          .deleteFrom('blob_holders')
          .where('holder', '=', holder)
          .$if(names !== undefined, (query) => query.where('name', 'in', [names!].flat()))
          .execute(),
      );
    },
  };
}

/** Putting a blob and removing its content exclude each other; in SQLite all changes do. */
export async function lockBlob({ kind }: Engine, tx: Tx, id: string): Promise<void> {
  if (kind === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 11))`.execute(tx);
}

function fromRow(row: Selectable<Tables['blobs']>): Blob {
  return { id: row.id, bytes: row.bytes, type: row.type, createdAt: row.created_at, usedAt: row.used_at };
}

function blobNotFound(id: string): UserError {
  return new UserError('BLOB_NOT_FOUND', `there is no blob ${JSON.stringify(id)}`);
}
