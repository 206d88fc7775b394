import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { viewDraft } from '../drafts/draft-view.ts';
import { mediaPathOf, readMediaPath } from '../drafts/media-path.ts';
import type { OpenedDraft } from '../drafts/opened-draft.ts';

/**
 * Where the media of a draft folder are on this machine: absolute path by the path that the draft writes. What is in a
 * zip, on a server, of another system, no regular file, or not there is left out.
 */
export async function localMedia(opened: OpenedDraft): Promise<Map<string, string>> {
  const { kind, path: folder, entries, timeline } = opened;
  const found = new Map<string, string>();
  if (kind !== 'folder' || timeline === undefined) return found;
  for (const material of viewDraft(timeline.value(timeline.root)).materials) {
    const written = mediaPathOf(material);
    if (written === undefined || found.has(written)) continue;
    const { style, inside } = readMediaPath(written, opened);
    const isInside = inside !== undefined && entries.get(inside)?.kind === 'file';
    const isOurs = style === (process.platform === 'win32' ? 'windows' : 'posix');
    const path = isInside ? join(folder, inside) : isOurs && inside === undefined ? written : undefined;
    if (path !== undefined && (await lstat(path).catch(() => undefined))?.isFile()) found.set(written, path);
  }
  return found;
}
