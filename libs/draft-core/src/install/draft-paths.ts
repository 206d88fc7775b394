import { listOf, objectOf, textOf } from '../drafts/loose.ts';
import { type MediaPath, readMediaPath } from '../drafts/media-path.ts';
import type { DraftEntry, OpenedDraft } from '../drafts/opened-draft.ts';
import { foldName } from '../drafts/safe-path.ts';
import type { PathString } from './path-strings.ts';

/** What a path of a draft leads to. */
export interface FoundPath {
  path: MediaPath;
  /** File or folder of the draft that it names. */
  entry: DraftEntry | undefined;
}

/**
 * Finds what the paths of a draft name: with the token, relative, below the place where it is, or below the place that
 * it says it was made at.
 */
export function draftPaths(opened: OpenedDraft): (written: string) => FoundPath {
  const folded = new Map([...opened.entries.values()].map((entry) => [foldName(entry.path), entry]));
  const meta = opened.meta?.document;
  const former = textOf(objectOf(meta?.value(meta.root)).draft_fold_path);
  const entryAt = (inside: string | undefined): DraftEntry | undefined =>
    inside === undefined || inside === ''
      ? undefined
      : (opened.entries.get(inside) ?? folded.get(foldName(inside)));
  return (written) => {
    const path = readMediaPath(written, opened);
    const entry = entryAt(path.inside);
    if (entry !== undefined || former === undefined) return { path, entry };
    const before = readMediaPath(written, { ...opened, kind: 'folder', path: former });
    const moved = before.style === path.style ? entryAt(before.inside) : undefined;
    return moved === undefined ? { path, entry } : { path: before, entry: moved };
  };
}

/** Whether a text is to be taken for a path: any text may name a draft file, but only a key makes `a/b` one. */
export function isPath({ path }: FoundPath, { isPathKey }: PathString): boolean {
  return isPathKey || path.style !== 'relative';
}

/** Whether the segments of a timeline show what a path belongs to; compound clips count as one piece. */
export function usedMaterials(timeline: unknown): (path: PathString) => boolean {
  const content = objectOf(timeline);
  const materials = objectOf(content.materials);
  const refs = new Set(
    listOf(content.tracks).flatMap((track) =>
      listOf(objectOf(track).segments).flatMap((one) => {
        const segment = objectOf(one);
        return [segment.material_id, ...listOf(segment.extra_material_refs)];
      }),
    ),
  );
  return ({ keys: [first, array, index] }) =>
    first !== 'materials' || refs.has(objectOf(listOf(materials[String(array)])[Number(index)]).id);
}
