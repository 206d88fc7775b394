import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@cozecut/problems';
import type { BlobFiles } from '../blobs/files.ts';
import { blobFolder } from '../blobs/folder.ts';
import { receive } from '../blobs/incoming.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { versionOf } from '../schema/migrate.ts';
import type { BackupReport } from '../types.ts';
import { FORMAT, MANIFEST_FILE, type Manifest, tableFile } from './format.ts';
import { BACKED_UP, rowsOf } from './tables.ts';

/** Text that is gathered before it is written. */
const CHUNK_CHARS = 1 << 18;

/** See `Store.backup`. */
export async function backup(
  { engine, files, now }: { engine: Engine; files: BlobFiles; now(): number },
  folder: string,
): Promise<BackupReport> {
  if (existsSync(folder)) throw backupExists(folder);
  const part = `${folder}.part-${randomUUID()}`;
  await mkdir(join(part, 'tables'), { recursive: true });
  try {
    const manifest = await engine.snapshot(async (db) => {
      const tables = [];
      for (const name of BACKED_UP) tables.push(await writeTable(db, name, part));
      const schema = (await versionOf(db)) ?? '';
      const blobs = await copyBlobs(db, files, part);
      return {
        format: FORMAT,
        schema,
        createdAt: new Date(now()).toISOString(),
        tables,
        ...blobs,
      } satisfies Manifest;
    });
    await writeWhole(join(part, MANIFEST_FILE), (file) =>
      file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`),
    );
    await rename(part, folder);
    const { schema, tables, blobs, blobBytes } = manifest;
    const rows = Object.fromEntries(tables.map((table) => [table.name, table.rows]));
    return { folder, schema, rows, blobs, blobBytes };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') throw backupExists(folder);
    throw error;
  }
}

async function writeTable(db: Tx, name: string, folder: string): Promise<Manifest['tables'][number]> {
  const hash = createHash('sha256');
  let rows = 0;
  await writeWhole(join(folder, tableFile(name)), async (file) => {
    let text = '';
    const flush = async () => {
      hash.update(text);
      await file.writeFile(text);
      text = '';
    };
    for await (const row of rowsOf(db, name)) {
      rows += 1;
      text += `${JSON.stringify(row)}\n`;
      if (text.length > CHUNK_CHARS) await flush();
    }
    await flush();
  });
  return { name, rows, sha256: hash.digest('hex') };
}

/** Content of every blob on record. One that nobody holds may be swept meanwhile: then it is not missed. */
async function copyBlobs(
  db: Tx,
  from: BlobFiles,
  folder: string,
): Promise<{ blobs: number; blobBytes: number }> {
  const incoming = join(folder, 'incoming');
  const target = blobFolder(join(folder, 'blobs'));
  const copied = { blobs: 0, blobBytes: 0 };
  const held = new Set(
    (await db.selectFrom('blob_holders').select('blob_id').distinct().execute()).map((row) => row.blob_id),
  );
  for await (const row of rowsOf(db, 'blobs')) {
    const id = String(row.id);
    const content = await from.read(id, undefined);
    if (content === undefined) {
      if (!held.has(id)) continue;
      throw new UserError('BLOB_NOT_FOUND', `the content of blob ${id} is not there`, {
        hint: 'is COZECUT_BLOBS the place that the store was used with?',
      });
    }
    const { file, bytes } = await receive(incoming, content, {});
    await target.place(file, id, bytes);
    copied.blobs += 1;
    copied.blobBytes += bytes;
  }
  await rm(incoming, { recursive: true, force: true });
  return copied;
}

/** Writes a file that is on disk when this resolves. */
async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

function backupExists(folder: string): UserError {
  return new UserError('BACKUP_EXISTS', `something is at ${folder} already`, { hint: 'name a new folder' });
}
