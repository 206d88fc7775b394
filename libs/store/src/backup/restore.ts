import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { sql } from 'kysely';
import type { BlobFiles } from '../blobs/files.ts';
import { blobFolder } from '../blobs/folder.ts';
import { receive } from '../blobs/incoming.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { migrate, versionOf } from '../schema/migrate.ts';
import { LATEST } from '../schema/migrations.ts';
import type { BackupReport } from '../types.ts';
import { FORMAT, MANIFEST_FILE, type Manifest, tableFile } from './format.ts';
import type { Row } from './tables.ts';

/** Rows of one statement; a statement of SQLite takes some 32,000 values. */
const PAGE = 100;

/**
 * Fills a store that is empty. The rows come in one change: a restore that is cut off leaves an empty store, and files
 * that the next sweep removes.
 */
export async function restoreInto(
  { engine, files }: { engine: Engine; files: BlobFiles },
  folder: string,
): Promise<BackupReport> {
  const manifest = await readManifest(folder);
  for (const { name, sha256 } of manifest.tables) await checkTable(folder, name, sha256);

  const version = await versionOf(engine.db);
  if (version !== undefined && version !== manifest.schema) throw notEmpty();
  await migrate(engine, manifest.schema).catch((cause) => {
    throw new UserError(
      'BACKUP_UNSUPPORTED',
      `the backup is of the version ${manifest.schema}, which is not known`,
      {
        hint: 'was it written by a newer version of cozecut?',
        cause,
      },
    );
  });
  await restoreBlobs(folder, files);
  await engine.write(async (tx) => {
    for (const { name } of manifest.tables) {
      const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(tx);
      if (rows.length > 0) throw notEmpty();
    }
    for (const { name } of manifest.tables) await restoreTable(engine, tx, folder, name);
  });
  await migrate(engine);
  const rows = Object.fromEntries(manifest.tables.map((table) => [table.name, table.rows]));
  return { folder, schema: LATEST, rows, blobs: manifest.blobs, blobBytes: manifest.blobBytes };
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch((cause) => {
    throw new UserError('BACKUP_NOT_FOUND', `${folder} is not a backup: it has no ${MANIFEST_FILE}`, {
      cause,
    });
  });
  let manifest: Partial<Manifest> | null;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw damaged(MANIFEST_FILE);
  }
  if (manifest?.format !== FORMAT) {
    throw new UserError('BACKUP_UNSUPPORTED', `a backup must be of the format ${FORMAT}`, {
      hint: 'was it written by a newer version of cozecut?',
    });
  }
  const names = Array.isArray(manifest.tables) ? manifest.tables.map((table) => table?.name) : [undefined];
  // They become parts of statements and of paths.
  if (!names.every((name) => typeof name === 'string' && /^[a-z_]+$/.test(name)))
    throw damaged(MANIFEST_FILE);
  return manifest as Manifest;
}

async function checkTable(folder: string, name: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(join(folder, tableFile(name)))) hash.update(chunk);
  } catch {
    throw damaged(tableFile(name));
  }
  if (hash.digest('hex') !== sha256) throw damaged(tableFile(name));
}

async function restoreTable({ kind }: Engine, tx: Tx, folder: string, name: string): Promise<void> {
  let page: Row[] = [];
  let isCounted = false;
  const insert = async () => {
    if (page.length === 0) return;
    const columns = Object.keys(page[0]!);
    isCounted = columns.includes('seq');
    const values = page.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
    await sql`insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column)))})
      values ${sql.join(values)}`.execute(tx);
    page = [];
  };
  for await (const line of linesOf(join(folder, tableFile(name)))) {
    page.push(JSON.parse(line));
    if (page.length === PAGE) await insert();
  }
  await insert();
  if (kind === 'postgres' && isCounted) {
    await sql`select setval(pg_get_serial_sequence(${name}, 'seq'), (select max(seq) from ${sql.table(name)}))`.execute(
      tx,
    );
  }
}

/** Lines end with a line feed and nothing else: `node:readline` also ends them inside of texts, at U+2028. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}

async function restoreBlobs(folder: string, files: BlobFiles): Promise<void> {
  const source = blobFolder(join(folder, 'blobs'));
  for await (const { id } of source.list()) {
    if (await files.refresh(id)) continue;
    const { file, id: found, bytes } = await receive(files.incoming, (await source.read(id, undefined))!, {});
    if (found !== id) throw damaged(`blobs/${id}`);
    await files.place(file, id, bytes);
  }
}

function damaged(file: string): UserError {
  return new UserError('BACKUP_DAMAGED', `${file} of the backup is not what was written`, {
    hint: 'use another backup',
  });
}

function notEmpty(): UserError {
  return new UserError(
    'STORE_NOT_EMPTY',
    'a backup is restored into a store that is new, and this one is not',
    {
      hint: 'set COZECUT_STORE to a new folder or an empty database',
    },
  );
}
