import { isUserError } from '@cozecut/problems';
import type { Blob, BlobStore, DraftStore } from '@cozecut/store';

/** A zip of a draft that is finished. */
export interface NewArchive {
  /** Absolute path; the file is gone afterwards. */
  file: string;
  /** Lower-case hex. */
  sha256: string;
  bytes: number;
  /** State of the draft that is in it. */
  revision: number;
  /** Whether it works wherever it is unpacked; else it is for one folder of one machine. */
  isPortable: boolean;
  /** Whose draft it is. */
  owner: string;
}

/** Zips of drafts for download, found by every process that shares the store. */
export interface Archives {
  /**
   * Keeps a zip; it can be downloaded once this has ended. Those of former states go one day.
   *
   * @throws UserError DRAFT_NOT_FOUND, QUOTA_EXCEEDED
   */
  keep(draftId: string, archive: NewArchive): Promise<void>;
  /** A zip by its content, else the portable one of the newest state that was saved; nothing when there is none. */
  find(draftId: string, sha256?: string): Promise<KeptArchive | undefined>;
}

/** A zip of a draft that can be downloaded. */
export interface KeptArchive extends Blob {
  /** State of the draft that is in it; 0 when an older version has made it. */
  revision: number;
}

/** So many zips of one draft are kept: whoever was answered with one of them is not given another one instead. */
const LEAST_KEPT = 4;
/** Those that are too many go together: each time costs a write to disk. */
const MOST_KEPT = 8;
/** The name of a zip among the files of its draft; without more it comes from an older version, and is portable. */
const NAME = /^archive(?<bound>-bound)?(?::(?<revision>\d+):[0-9a-f]{64})?$/;

/** The zips in a store of files. */
export function createArchives({
  blobs,
  drafts,
}: {
  blobs: BlobStore;
  drafts: Pick<DraftStore, 'get'>;
}): Archives {
  /** The newest first. */
  async function list(draftId: string) {
    const all = (await blobs.list(draftId)).flatMap((blob) => {
      const groups = NAME.exec(blob.name)?.groups;
      if (groups === undefined) return [];
      return [{ blob, isPortable: groups.bound === undefined, revision: Number(groups.revision ?? 0) }];
    });
    return all.sort((a, b) => b.revision - a.revision || b.blob.createdAt - a.blob.createdAt);
  }

  /** A draft that was removed meanwhile has taken along only what it held until then. */
  async function stillThere(draftId: string): Promise<void> {
    try {
      await drafts.get(draftId, { isShared: true });
    } catch (error) {
      if (isUserError(error) && error.code === 'DRAFT_NOT_FOUND') await blobs.drop(draftId);
      throw error;
    }
  }

  return {
    async keep(draftId, { file, sha256, bytes, revision, isPortable, owner }) {
      const name = `${isPortable ? 'archive' : 'archive-bound'}:${revision}:${sha256}`;
      const known = { id: sha256, bytes };
      await blobs.adopt(file, { owner, holder: draftId, name, type: 'application/zip', known });
      await stillThere(draftId);
      const all = await list(draftId);
      if (all.length < MOST_KEPT) return;
      // The newest that works anywhere is what the draft is downloaded as; it stays whatever else comes.
      const newest = all.find((one) => one.isPortable)?.blob.name;
      const free = all.map(({ blob }) => blob.name).filter((one) => one !== newest && one !== name);
      await blobs.drop(draftId, free.slice(LEAST_KEPT - all.length + free.length));
    },
    async find(draftId, sha256) {
      const all = await list(draftId);
      const found = all.find((one) => (sha256 === undefined ? one.isPortable : one.blob.id === sha256));
      if (found === undefined || !(await blobs.has(found.blob.id))) return undefined;
      return { ...found.blob, revision: found.revision };
    },
  };
}
