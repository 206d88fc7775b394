import { textOf } from '../loose.ts';
import type { CompiledFragment } from './compile-fragment.ts';
import { layerOf } from './edit-draft.ts';
import type { EditContext } from './operation.ts';
import type { Material, Mutable, Segment, Track } from './parts.ts';

/** Puts the materials of a fragment into the draft, its files and their entries as well; gives its tracks. */
export function graftMaterials(context: EditContext, fragment: CompiledFragment): Track[] {
  const { draft } = context;
  const localIds = registerMedia(context, fragment);
  for (const [array, entries] of Object.entries(fragment.content.materials)) {
    for (const entry of entries as Material[]) {
      const localId = localIds.get(textOf(entry.local_material_id) ?? '');
      if (localId !== undefined) entry.local_material_id = localId;
      draft.addMaterial(array, entry);
    }
  }
  return fragment.content.tracks as Track[];
}

/** Registers the files of a fragment; gives the id of each entry by the one that the fragment has for it. */
export function registerMedia(
  { meta, addFile }: EditContext,
  fragment: CompiledFragment,
): Map<string, string> {
  for (const { file, path } of fragment.media) {
    const { path: from, bytes, sha256 } = file;
    addFile({ from, path, bytes, sha256 });
  }
  const ids = new Map<string, string>();
  const entries = (fragment.meta.draft_materials.find(({ type }) => type === 0)?.value ?? []) as Mutable[];
  for (const entry of entries) {
    const id = meta?.register(entry);
    if (id !== undefined) ids.set(String(entry.id), id);
  }
  return ids;
}

/** Layer of a new track: over those of its type and where no other track is, unless it says where. */
export function freeLayer({ draft }: EditContext, track: Track, isStated: boolean): number {
  const own = layerOf(track);
  if (isStated || track.type === 'audio') return own;
  const drawn = draft.tracks.filter(({ type, segments }) => type !== 'audio' && segments.length > 0);
  const taken = new Set(drawn.map(layerOf));
  const ofType = drawn.filter(({ type }) => type === track.type).map(layerOf);
  let layer = ofType.length === 0 ? own : Math.max(...ofType) + 1;
  while (taken.has(layer)) layer++;
  return layer;
}

/** Sets the layer of a track. */
export function setLayer(segments: readonly Segment[], layer: number): void {
  for (const segment of segments) segment.render_index = layer;
}
