import type { SourceFile } from '../media-facts.ts';
import type { Profile } from '../profiles/profile.ts';

/** A JSON object of a draft file. */
export type JsonObject = { [key: string]: unknown };

/** A file and its place in the draft folder. */
export interface DraftMedia {
  file: SourceFile;
  /** Relative to the draft folder, with `/`. */
  path: string;
}

/** A draft in memory: everything but where it will lie. Times are in microseconds. */
export interface CompiledDraft {
  /** Name of the draft and of its folder. */
  name: string;
  draftId: string;
  timelineId: string;
  profile: Profile;
  /** Whether its version markers are those of a draft of the app. */
  isSeeded: boolean;
  durationUs: number;
  /** Timeline document; paths of media are relative to the draft folder. */
  content: DraftContent;
  /** `draft_meta_info.json` without the keys that depend on the place. */
  meta: DraftMeta;
  /** Distinct media and fonts, each once. */
  media: DraftMedia[];
  /** Picture for the list of drafts. */
  cover?: DraftMedia;
  /** Sum of the sizes of the media, without fonts and cover. */
  mediaBytes: number;
}

/** The timeline document of a draft. */
export interface DraftContent extends JsonObject {
  config: JsonObject;
  materials: { [array: string]: JsonObject[] };
}

/** The document about a draft. */
export interface DraftMeta extends JsonObject {
  draft_materials: { type: number; value: JsonObject[] }[];
}

/** Where the files of a draft refer to their media. */
export type PathStyle =
  /** Absolute paths below the draft folder; for a draft that stays where it is written. */
  | { kind: 'absolute'; folder: string }
  /** A token that the app replaces by the folder of the draft; for a draft that is sent elsewhere. */
  | {
      kind: 'portable';
      /** What stands between the parts of a path; default: what the app writes on its own system. */
      separator?: '/' | '\\';
    };
