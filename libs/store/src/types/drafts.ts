/** What is known of a draft without its timeline. */
export interface DraftSummary {
  /** Cannot be guessed: who knows it was told. */
  id: string;
  /** Who the draft belongs to; see {@link LOCAL_OWNER}. */
  owner: string;
  name: string;
  /** Grows by one with every change. */
  revision: number;
  /** `open` until it has been written as a folder, `saved` afterwards. */
  state: 'open' | 'saved';
  /** Absolute path of the draft folder; set once it was written. */
  folder: string | undefined;
  /** Size of the timeline as JSON, in bytes. */
  bytes: number;
  /** Unix time in milliseconds. */
  createdAt: number;
  /** Unix time in milliseconds. */
  modifiedAt: number;
}

/** A draft under construction, as it is kept between calls. */
export interface StoredDraft extends DraftSummary {
  /** `draft-timeline/1` document. */
  timeline: unknown;
}

/** One state that a draft has been in. */
export interface DraftRevision {
  revision: number;
  /** Size of the timeline as JSON, in bytes. */
  bytes: number;
  /** Unix time in milliseconds. */
  createdAt: number;
}

/** One time that a draft was written to a folder. */
export interface FolderWrite {
  /** Fresh for each. */
  id: string;
  /** Absolute path of the draft folder. */
  folder: string;
  /** State of the draft that was written. */
  revision: number;
  /** What whoever writes folders wants to know about it later; JSON. */
  facts: unknown;
  /** Id of the write whose files make way for these. */
  replaces?: string;
}

/** A write as it is kept. */
export interface KeptFolderWrite extends Omit<FolderWrite, 'replaces'> {
  /** Whether `saved` has told that it was done; otherwise its process may have ended before or after. */
  isSaved: boolean;
}

/** How a timeline is handed out. */
export interface ShareOptions {
  /**
   * Whether the timeline is shared with others: it is frozen then, and an edit returns one that has the parts that stay
   * the same in it as they are. That saves their reading, writing and checking. By default it is a copy.
   */
  isShared?: boolean;
}

/** How much is kept. */
export interface Kept {
  drafts: number;
  /** Of timelines, as JSON, and of blobs. */
  bytes: number;
}

/** Drafts between calls. */
export interface DraftStore {
  /**
   * Keeps a new draft; `id` is made when none is given. `toCome` is what the same call keeps next: where there is no room
   * for all of it, nothing is kept.
   *
   * @throws UserError QUOTA_EXCEEDED when its owner may not keep more.
   */
  create(timeline: unknown, options: { name: string; id?: string; toCome?: Kept }): Promise<StoredDraft>;
  /** @throws UserError DRAFT_NOT_FOUND */
  get(id: string, options?: ShareOptions): Promise<StoredDraft>;
  /**
   * Applies `edit` to the newest revision. When another call was faster, `edit` is applied again to what that call
   * left, so it must not act on anything but its argument.
   *
   * @throws UserError DRAFT_NOT_FOUND
   * @throws UserError QUOTA_EXCEEDED when the draft grows and its owner may not keep more.
   */
  edit(id: string, edit: (timeline: unknown) => unknown, options?: ShareOptions): Promise<StoredDraft>;
  /**
   * Notes what is about to be put into a folder, so that it is known even if the process ends in the middle.
   *
   * @throws UserError DRAFT_NOT_FOUND
   */
  writing(id: string, write: FolderWrite): Promise<void>;
  /**
   * What may be in a folder, newest first: writes that were done and not replaced since, and those of which nobody
   * knows.
   */
  writes(id: string, folder: string): Promise<KeptFolderWrite[]>;
  /**
   * Notes that the draft was written to `folder`. It stays `open` when it was changed after what `write` says was
   * written. A write that was noted before gets the new facts; the one that it replaces is forgotten.
   *
   * @throws UserError DRAFT_NOT_FOUND
   */
  saved(id: string, folder: string, write?: FolderWrite): Promise<DraftSummary>;
  /**
   * Notes that what was written elsewhere was copied to another folder, such as that of an app; the draft stays as it
   * is. Former copies in that folder are forgotten.
   *
   * @throws UserError DRAFT_NOT_FOUND
   */
  copied(id: string, write: FolderWrite): Promise<void>;
  /**
   * Newest first. `query` is a part of the name, or an id; `before` is `next` of the former page, or the id of its last
   * draft while that is there.
   *
   * @throws UserError DRAFT_NOT_FOUND when `before` is the id of no draft.
   */
  list(options: {
    limit: number;
    query?: string;
    before?: string;
  }): Promise<{ drafts: DraftSummary[]; total: number; next?: string }>;
  /**
   * Former and present states, newest first; only the newest ones are kept. `before` is the last of the former page.
   *
   * @throws UserError DRAFT_NOT_FOUND
   */
  revisions(id: string, options: { limit: number; before?: number }): Promise<DraftRevision[]>;
  /**
   * The timeline as it was.
   *
   * @throws UserError DRAFT_NOT_FOUND
   * @throws UserError DRAFT_REVISION_NOT_FOUND when it never was, or is no longer kept.
   */
  timelineAt(id: string, revision: number): Promise<unknown>;
  /**
   * Removes the draft with all of its revisions.
   *
   * @throws UserError DRAFT_NOT_FOUND
   * @throws UserError DRAFT_IN_USE while a job works on it.
   */
  remove(id: string): Promise<void>;
}

/** How much an owner may keep and how long; what is left out is not limited. */
export interface Quota {
  maxDrafts?: number;
  /** Of the newest timelines and of the blobs together. */
  maxBytes?: number;
  /** A sweep removes drafts so long after their last change; default: `Retention.draftsMs`. */
  keepDraftsMs?: number;
}

/** How much an owner keeps. */
export interface Usage {
  drafts: number;
  /** Of the newest timelines, as JSON. */
  draftBytes: number;
  /** Of the blobs that the owner holds. */
  blobBytes: number;
}

/** The drafts of everybody. */
export interface AllDrafts extends DraftStore {
  /** The drafts of one owner: there are no others, whatever id is asked for. */
  forOwner(owner: string): DraftStore;
  /** How much an owner keeps. */
  usage(owner: string): Promise<Usage>;
  /** What limits an owner: its own limits, else those of the store. */
  quota(owner: string): Promise<Quota>;
  /** Limits one owner; nothing takes the limit back to that of the store. */
  setQuota(owner: string, quota: Quota | undefined): Promise<void>;
  /**
   * The draft as it is, and then every change by any process, until the signal is aborted or the draft is removed;
   * changes that come faster than they are read are told as one.
   */
  watch(id: string, options: { signal: AbortSignal }): AsyncIterable<DraftSummary>;
}
