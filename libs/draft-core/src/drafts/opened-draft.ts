import type { JsonDocument } from './json/json-document.ts';

/** Something in a draft folder or zip. */
export interface DraftEntry {
  /** Relative to the draft, with `/`. */
  path: string;
  /** `other`: a device, a pipe or a socket. */
  kind: 'file' | 'folder' | 'link' | 'other';
  bytes: number;
  /** Unix time in milliseconds; 0 when it is not known. */
  modifiedMs: number;
}

/** What a timeline file is to the draft. */
export type TimelineRole =
  /** The one that is read. */
  | 'primary'
  /** Holds the same timeline; written together with the primary. */
  | 'mirror'
  /** An older state that the app keeps. */
  | 'backup'
  /** An empty timeline that the app starts from. */
  | 'skeleton'
  /** Another timeline of the same project. */
  | 'other';

/** A file that holds a timeline. */
export interface TimelineFile {
  path: string;
  role: TimelineRole;
  /** Whether it can be read; what the app has encrypted cannot. */
  state: 'plain' | 'encrypted' | 'empty';
  bytes: number;
  /** Of its bytes, in hex. */
  sha256: string;
  modifiedMs: number;
}

/** A JSON file beside the timeline. */
export interface SideFile {
  path: string;
  state: 'plain' | 'encrypted' | 'empty';
  sha256: string;
  /** Its text, when it is plain. */
  document: JsonDocument | undefined;
}

/** A draft that was opened. It says what is there; nothing was changed. */
export interface OpenedDraft {
  kind: 'folder' | 'zip';
  /** Absolute path of the folder or zip. */
  path: string;
  /** Name of the draft folder. */
  name: string;
  /** Everything in the draft, by path. */
  entries: ReadonlyMap<string, DraftEntry>;
  /** Every file that holds a timeline, the primary first. */
  timelines: readonly TimelineFile[];
  primary: TimelineFile;
  /** Why that one is the primary, in words. */
  reason: string;
  /** Whether a caller chose the primary. */
  isChosen: boolean;
  /** The text of the primary; `undefined` when the app has taken the draft over. */
  timeline: JsonDocument | undefined;
  /** Files that the app has encrypted. Not empty = the plain ones beside them are stale. */
  encrypted: readonly string[];
  /** `main_timeline_id`, when there is a `Timelines` folder that says so. */
  mainTimelineId: string | undefined;
  /** `draft_meta_info.json`. */
  meta: SideFile | undefined;
  /** `root_meta_info.json` beside the draft folder: the list of drafts of the app. */
  index: SideFile | undefined;
}

/** What to do about a draft that the app has encrypted; never decrypted here. */
export const ENCRYPTED_HINT =
  'take a plain copy: one made before the app saved it, one from `draft history`, or a draft of JianYing 5.9 or CapCut';
