/** Name under which a draft holds its zip among the blobs of a store. */
export const ARCHIVE_BLOB = 'archive';

/** Path of the zip of a draft on the server. */
export function archivePath(draftId: string): string {
  return `/v1/drafts/${encodeURIComponent(draftId)}/archive`;
}
