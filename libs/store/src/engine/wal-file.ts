import { close, fdatasync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Database } from 'better-sqlite3';
import { syncFolder } from '../sync-folder.ts';

/** The write-ahead log of a database, as far as putting it on disk goes. */
export interface WalFile {
  /** Resolves when everything that was committed before the call is on disk; other threads wait for the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

const syncData = promisify(fdatasync);
const closeFile = promisify(close);

/** Opens the log of a connection; it is the same file until the last connection, in any process, is closed. */
export async function openWalFile(connection: Database): Promise<WalFile> {
  // A connection opens the log when it first reads.
  connection.prepare('select count(*) from sqlite_schema').get();
  const file = openSync(`${connection.name}-wal`, 'r+');
  await syncFolder(dirname(connection.name));
  return { sync: () => syncData(file), close: () => closeFile(file) };
}
