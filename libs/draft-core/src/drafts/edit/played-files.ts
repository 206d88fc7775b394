import { textOf } from '../loose.ts';
import { readMediaPath } from '../media-path.ts';
import type { OpenedDraft } from '../opened-draft.ts';
import type { EditDraft } from './edit-draft.ts';
import type { EditMeta } from './edit-meta.ts';
import type { AddedFile } from './operation.ts';

/** The files that a draft plays, as far as they lie in it. */
export interface PlayedFiles {
  /** Bytes by the path inside of the draft. */
  bytes: ReadonlyMap<string, number>;
  /** Whether all of them lie there, so that the sum is known. */
  isWhole: boolean;
}

/** Looks up the files that the materials of a draft play, each once. */
export function playedFiles(
  draft: EditDraft,
  opened: OpenedDraft,
  added: readonly AddedFile[] = [],
): PlayedFiles {
  const bytes = new Map<string, number>();
  let isWhole = true;
  for (const { array, material } of draft.materials.values()) {
    const path = array === 'videos' || array === 'audios' ? textOf(material.path) : undefined;
    if (path === undefined) continue;
    const { inside } = readMediaPath(path, opened);
    const size =
      inside === undefined
        ? undefined
        : (opened.entries.get(inside)?.bytes ?? added.find((file) => file.path === inside)?.bytes);
    if (size === undefined) isWhole = false;
    else bytes.set(inside!, size);
  }
  return { bytes, isWhole };
}

/** Keeps the size of all files up to date; where one of them is elsewhere, at least the new ones are added. */
export function settleBytes(
  meta: EditMeta,
  before: PlayedFiles,
  now: PlayedFiles,
  added: readonly AddedFile[],
): void {
  const isSame =
    before.bytes.size === now.bytes.size && [...now.bytes.keys()].every((path) => before.bytes.has(path));
  if (isSame) return;
  const sum = (bytes: Iterable<number>): number => [...bytes].reduce((all, one) => all + one, 0);
  if (before.isWhole && now.isWhole) meta.setBytes(() => sum(now.bytes.values()));
  else {
    const more = sum(added.map(({ path }) => now.bytes.get(path) ?? 0));
    meta.setBytes((said) => said + more);
  }
}
