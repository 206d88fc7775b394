import { textOf } from '../loose.ts';
import { readMediaPath } from '../media-path.ts';
import type { OpenedDraft } from '../opened-draft.ts';
import type { EditDraft } from './edit-draft.ts';
import type { AddedFile } from './operation.ts';

/** Files inside of the draft that its materials play, by their paths there. */
export function playedFiles(draft: EditDraft, opened: OpenedDraft): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { array, material } of draft.materials.values()) {
    const path = array === 'videos' || array === 'audios' ? textOf(material.path) : undefined;
    const inside = path === undefined ? undefined : readMediaPath(path, opened).inside;
    if (inside !== undefined) files.add(inside);
  }
  return files;
}

/** How many bytes more the played files have than before; less than 0 when some are not played any more. */
export function bytesMore(
  before: ReadonlySet<string>,
  now: ReadonlySet<string>,
  { entries }: OpenedDraft,
  added: readonly AddedFile[],
): number {
  const bytesOf = (path: string): number =>
    entries.get(path)?.bytes ?? added.find((file) => file.path === path)?.bytes ?? 0;
  const sumOf = (paths: ReadonlySet<string>, without: ReadonlySet<string>): number =>
    [...paths].reduce((bytes, path) => bytes + (without.has(path) ? 0 : bytesOf(path)), 0);
  return sumOf(now, before) - sumOf(before, now);
}
