import type { Look, Parsed } from './look-into.ts';

/** What a thread that looks into content is told. */
export type ToThread =
  /** Look into a content of so many bytes. */
  | { kind: 'look'; size: number; isFar: boolean; sniffed: Parsed }
  /** What it has asked for. */
  | { kind: 'bytes'; read: number; bytes: Uint8Array; failure?: undefined }
  | { kind: 'bytes'; read: number; failure: string }
  /** Leave the content: it is looked into from the start later on. */
  | { kind: 'leave' };

/** What a thread tells. */
export type FromThread =
  /** It wants the bytes from `start` up to `end`. */
  | { kind: 'read'; read: number; start: number; end: number }
  | ({ kind: 'look' } & (Look | { failed: string }))
  /** The next content may come. */
  | { kind: 'free' };
