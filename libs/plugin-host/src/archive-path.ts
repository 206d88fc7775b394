/** Path of the zip of a draft on the server. */
export function archivePath(draftId: string): string {
  return `/v1/drafts/${encodeURIComponent(draftId)}/archive`;
}
