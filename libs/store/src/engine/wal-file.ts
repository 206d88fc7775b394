import { close, fdatasync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Database } from 'better-sqlite3';
import { syncFolder } from '../sync-folder.ts';

/** The write-ahead log of a database, as far as putting it on disk goes. */
export interface WalFile {
  /**
   * Resolves when everything that was committed before the call is on disk, where the next process will look for it; other
   * threads wait for the disk.
   *
   * @throws Error when the disk has not taken it, or the files of the database are not those that it was opened with: who
   * takes them away, or puts a backup in their place, does not stop the connection from writing to what nobody finds.
   */
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
  const files = [connection.name, `${connection.name}-wal`].map((path) => ({
    path,
    opened: identityOf(path),
  }));
  return {
    async sync() {
      await syncData(file);
      const lost = files.find(({ path, opened }) => identityOf(path) !== opened);
      if (lost !== undefined) throw new Error(`${lost.path} was removed or replaced while it was in use`);
    },
    close: () => closeFile(file),
  };
}

/** Tells a file from another one that has its name; nothing when there is none. */
function identityOf(path: string): string | undefined {
  // Not by a descriptor: to close one of the database would let go of the locks of its connections.
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found && `${found.dev} ${found.ino}`;
}
