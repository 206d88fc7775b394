import { closeSync, fsync, openSync, writeFile, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Up to so many bytes are written sooner than a thread is woken that does it. */
const SHORT = 1 << 18;

const append = promisify(writeFile);
const sync = promisify(fsync);

/** A file that was not there before, written part by part. */
export interface NewFile {
  /** Resolves when the bytes may be used for something else. */
  append(bytes: Uint8Array): Promise<void> | undefined;
  /** Resolves when everything is on disk. */
  sync(): Promise<void>;
  close(): void;
}

/** @throws EEXIST when there is something at the path. */
export function openNewFile(path: string): NewFile {
  const file = openSync(path, 'wx');
  return {
    append: (bytes) => (bytes.length > SHORT ? append(file, bytes) : writeFileSync(file, bytes)) ?? undefined,
    sync: () => sync(file),
    close: () => closeSync(file),
  };
}
