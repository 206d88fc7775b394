/** Names under which addresses of drafts carry an id; the second is that of an older product. */
const QUERY = /[?&](?:draft_id|drafId)=([^&#]*)/;
const PATH = /\/v1\/drafts\/([^/?#]+)/;

/** The id that a text names a draft by: the id itself, or an address of the draft. */
export function draftIdOf(text: string): string {
  const found = QUERY.exec(text) ?? PATH.exec(text);
  if (found === null) return text.trim();
  try {
    return decodeURIComponent(found[1]!);
  } catch {
    return text.trim();
  }
}
