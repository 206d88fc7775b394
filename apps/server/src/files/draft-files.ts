import type { UrlSigner } from '@cozecut/auth';
import { listPackedFiles, type PackedFile } from '@cozecut/draft-core/node';
import type { Archives, KeptArchive, SharedFiles } from '@cozecut/plugin-host';
import type { BlobStore } from '@cozecut/store';

/** Stands where a pass would be when addresses are not signed: what is behind it needs a token. */
export const BY_TOKEN = '-';

/** An address of a file goes through a chat and is opened by a program of a person: a day. */
const LIFETIME_MS = 24 * 3_600_000;

/** The files of drafts one by one, out of their zips: what was kept once is not kept again. */
export interface DraftFiles {
  /**
   * The files of the newest state that was saved, or of the zip with such a content; nothing when there is none.
   *
   * @param serverUrl - What addresses begin with.
   * @param pass - What opens them; a fresh one when left out.
   */
  list(
    draftId: string,
    serverUrl: string,
    given?: { sha256: string; pass: string },
  ): Promise<SharedFiles | undefined>;
  /** One file by its path in the draft folder. */
  find(draftId: string, sha256: string, path: string): Promise<PackedFile | undefined>;
  /** Whether a pass opens the files of a zip now. */
  admits(draftId: string, sha256: string, pass: string): boolean;
}

/** Makes the {@link DraftFiles}; without `signer` their addresses need a token. */
export function createDraftFiles({
  archives,
  blobs,
  signer,
}: {
  archives: Archives;
  blobs: BlobStore;
  signer: UrlSigner | undefined;
}): DraftFiles {
  const filesOf = ({ id, bytes }: KeptArchive) =>
    listPackedFiles({ bytes, read: (range) => blobs.read(id, range) });

  return {
    async list(draftId, serverUrl, given) {
      const archive = await archives.find(draftId, given?.sha256);
      if (archive === undefined) return undefined;
      const pass = given?.pass ?? signer?.pass(folderOf(draftId, archive.id), LIFETIME_MS) ?? BY_TOKEN;
      const url = `${serverUrl}${folderOf(draftId, archive.id, pass)}`;
      const files = await filesOf(archive);
      return {
        revision: archive.revision,
        // The query is where clients look for the id of a draft.
        url: `${url}?draft_id=${encodeURIComponent(draftId)}`,
        files: files.map(({ path, bytes }) => ({
          path,
          bytes,
          url: `${url}/${path.split('/').map(encodeURIComponent).join('/')}`,
        })),
      };
    },
    async find(draftId, sha256, path) {
      const archive = await archives.find(draftId, sha256);
      return archive && (await filesOf(archive)).find((file) => file.path === path);
    },
    admits: (draftId, sha256, pass) => signer?.admits(folderOf(draftId, sha256), pass) ?? false,
  };
}

/**
 * Path of the files of a zip; without a pass it is what a pass is made for. The id of the draft stands last, so that what
 * follows it is the place of a file in the draft folder.
 */
function folderOf(draftId: string, sha256: string, pass?: string): string {
  const parts = ['v1', 'files', ...(pass === undefined ? [] : [pass]), sha256, draftId];
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
