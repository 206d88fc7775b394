import type { Catalog } from '@cozecut/catalog';
import type { Problem } from '@cozecut/problems';
import type { TObject } from 'typebox';
import type { MediaFile } from '../../media-facts.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { OpenedDraft } from '../opened-draft.ts';
import type { EditDraft } from './edit-draft.ts';
import type { EditMeta } from './edit-meta.ts';
import type { FailExtra } from './fail.ts';

/** What edits need from outside. */
export interface EditPorts {
  /** Unix time in milliseconds. */
  now(): number;
  /** A fresh random UUID. */
  uuid(): string;
  /** The files, by the `media` that edits name. */
  media?: ReadonlyMap<string, MediaFile>;
  /** Other drafts, by the `from` that edits name. */
  drafts?: ReadonlyMap<string, OpenedDraft>;
  /** The resources of the apps; without them edits can only use resources whose ids they give. */
  catalog?: Catalog;
  /** App the draft is for; default: the one it names. */
  profile?: Profile;
}

/** A file that an edited draft needs in its folder. */
export interface AddedFile {
  /** Absolute path of the file to copy. */
  from: string;
  /** Where it goes, relative to the draft, with `/`. */
  path: string;
  bytes: number;
  /** Lower-case hex SHA-256, when it is known. */
  sha256?: string;
}

/** What an operation works with. */
export interface EditContext {
  draft: EditDraft;
  meta: EditMeta | undefined;
  /** The draft as it was opened. */
  opened: OpenedDraft;
  ports: EditPorts;
  /** App the draft is for. */
  profile: Profile;
  /** Tells something that does not stop the edit. */
  warn(code: string, message: string, extra?: FailExtra): void;
  /** Passes findings of others on. */
  tell(problem: Problem): void;
  /** Names materials that lost a reference; they go when it was the last one. */
  release(ids: Iterable<string>): void;
  /** Names a file that the draft needs. */
  addFile(file: AddedFile): void;
  /** Names files, relative to the draft, that get the timeline even when they are not there yet. */
  alsoWrite(names: readonly string[]): void;
  /** Another draft to take from. */
  other(name: string): { draft: EditDraft; meta: EditMeta | undefined; opened: OpenedDraft };
}

/** One kind of edit: what it looks like, and what it does. */
export interface Operation<Edit> {
  schema: TObject;
  /** Makes the edit; gives what was done, in one sentence. */
  apply(edit: Edit, context: EditContext): string;
}
