import type { Readable } from 'node:stream';

/** A file that is named by its content. */
export interface Blob {
  /** SHA-256 of the content, in hex. */
  id: string;
  bytes: number;
  /** Media type that was given when it was first put. */
  type: string;
  /** Unix time in milliseconds. */
  createdAt: number;
  /** Unix time in milliseconds, to the minute, at which it was last put or read. */
  usedAt: number;
}

/** What whoever has written a file knows of its content, so that nobody reads it again. */
export interface KnownContent {
  /** SHA-256, in hex. */
  id: string;
  bytes: number;
}

/** Who a blob is kept for. */
export interface BlobHolder {
  owner: string;
  /** Draft, or another thing with an id that is removed one day; the blob is in use until then. */
  holder: string;
  /** What the blob is to its holder: `archive`, `preview`, the name of a file. */
  name: string;
}

/** Media, archives and previews. */
export interface BlobStore {
  /**
   * Keeps content and lets the holder have it under the name, in place of what it had under it before. The blob is
   * there as a whole or not at all; equal content is kept once.
   *
   * @throws UserError QUOTA_EXCEEDED when its owner may not keep more.
   * @throws UserError BLOB_TOO_LARGE when more than `maxBytes` come.
   * @throws UserError DISK_FULL
   */
  put(
    content: Readable | Uint8Array,
    options: BlobHolder & { type: string; maxBytes?: number; signal?: AbortSignal },
  ): Promise<Blob>;
  /**
   * The same with a finished file that is on disk, by its absolute path; it is gone afterwards.
   *
   * @throws UserError QUOTA_EXCEEDED when its owner may not keep more.
   * @throws UserError DISK_FULL
   */
  adopt(file: string, options: BlobHolder & { type: string; known?: KnownContent }): Promise<Blob>;
  /** The blob that the holder has under the name. */
  find(holder: string, name: string): Promise<Blob | undefined>;
  /** All that a holder has. */
  list(holder: string): Promise<(Blob & { name: string })[]>;
  /** Whether the content of a blob is where it should be. */
  has(id: string): Promise<boolean>;
  /** What is known of a blob, or nothing when there is none. */
  get(id: string): Promise<Blob | undefined>;
  /**
   * Content, or the part from byte `start` up to and including byte `end`.
   *
   * @throws UserError BLOB_NOT_FOUND
   */
  read(id: string, range?: { start: number; end?: number }): Promise<Readable>;
  /** Takes names, or all of them, from a holder. What nobody holds is removed by the next sweep. */
  drop(holder: string, names?: string | readonly string[]): Promise<void>;
}
