import type { Readable } from 'node:stream';

/** Where the content of blobs is. */
export interface BlobFiles {
  /** Absolute path of a folder for content that is on its way, on the same device where there is one; nothing takes none. */
  readonly incoming: string | undefined;
  /** Puts a finished file under its name, whole or not at all. The file may be gone afterwards. */
  place(file: string, id: string, bytes: number): Promise<void>;
  has(id: string): Promise<boolean>;
  /** Whether the content is there; if so it counts as new, where that can be. */
  refresh(id: string): Promise<boolean>;
  /** Content from byte `start` up to and including `end`; nothing when there is none. */
  read(id: string, range: { start: number; end: number } | undefined): Promise<Readable | undefined>;
  remove(id: string): Promise<void>;
  /** Everything that is there, with the Unix time in milliseconds at which it came. */
  list(): AsyncIterable<{ id: string; at: number }>;
}

/** Names of blobs. */
export const BLOB_ID = /^[0-9a-f]{64}$/;
