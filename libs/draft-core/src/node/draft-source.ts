import type { Readable } from 'node:stream';
import type { DraftEntry } from '../drafts/opened-draft.ts';

/** Bounds of what is read from a draft of a stranger. */
export interface DraftLimits {
  /** Files and folders. */
  maxEntries: number;
  /** Size of one JSON file. */
  maxFileBytes: number;
  /** Unpacked size of a zip. */
  maxTotalBytes: number;
  /** Unpacked size divided by packed size of an entry of a zip. */
  maxRatio: number;
}

/** Wide enough for every draft on record; the largest timeline had 18 MB. */
export const DRAFT_LIMITS: DraftLimits = {
  maxEntries: 20_000,
  maxFileBytes: 64 * 1024 * 1024,
  maxTotalBytes: 64 * 1024 ** 3,
  // JSON of the same segment over and over packs 200 to 1, zeros 1030 to 1.
  maxRatio: 500,
};

/** Where the files of a draft are. */
export interface DraftSource {
  kind: 'folder' | 'zip';
  /** Everything that is there, by path relative to the draft. */
  entries: Map<string, DraftEntry>;
  /** Name of the draft folder. */
  name: string;
  /** Bytes of a file of `entries`. */
  read(path: string): Promise<Uint8Array>;
  /** The same bytes, piece by piece; it fails when there are more or fewer than `entries` says. */
  stream(path: string): Promise<Readable>;
  close(): Promise<void>;
}
