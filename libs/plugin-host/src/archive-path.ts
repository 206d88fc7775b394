/**
 * Path of a zip of a draft on the server.
 *
 * @param sha256 - Which one, by its content; without it the one of the newest state that was saved.
 */
export function archivePath(draftId: string, sha256?: string): string {
  const path = `${draftPath(draftId)}/archive`;
  return sha256 === undefined ? path : `${path}/${encodeURIComponent(sha256)}.zip`;
}

/** Path of a draft on the server. */
export function draftPath(draftId: string): string {
  return `/v1/drafts/${encodeURIComponent(draftId)}`;
}
