import type { JsonObject } from '../../compile/compiled-draft.ts';
import { textOf } from '../loose.ts';
import type { CompiledFragment } from './compile-fragment.ts';
import { layerOf } from './edit-draft.ts';
import type { EditContext } from './operation.ts';
import type { Material, Mutable, Segment, Track } from './parts.ts';

/** Keys that only say which material it is. */
const IDENTITY = new Set(['id', 'material_id', 'music_id', 'local_material_id']);

/**
 * Puts the materials of a fragment into the draft, its files and their entries as well. A file that the draft has in
 * the same way already is used again.
 *
 * @returns Tracks of the fragment, which refer to what is in the draft now.
 */
export function graftMaterials(context: EditContext, fragment: CompiledFragment): Track[] {
  const { draft } = context;
  const localIds = registerMedia(context, fragment);
  const ids = new Map<string, string>();
  for (const [array, entries] of Object.entries(fragment.content.materials)) {
    for (const entry of entries as Material[]) {
      const localId = localIds.get(textOf(entry.local_material_id) ?? '');
      if (localId !== undefined) entry.local_material_id = localId;
      const known = array === 'videos' || array === 'audios' ? findEqual(context, array, entry) : undefined;
      if (known === undefined) draft.addMaterial(array, entry);
      else ids.set(entry.id, known.id);
    }
  }
  const tracks = fragment.content.tracks as Track[];
  for (const { segments } of tracks)
    for (const segment of segments) segment.material_id = ids.get(segment.material_id) ?? segment.material_id;
  return tracks;
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

/** Layer of a new track: over those of its type, unless it says where. */
export function freeLayer({ draft }: EditContext, track: Track, isStated: boolean): number {
  const own = layerOf(track);
  if (isStated || track.type === 'audio') return own;
  const others = draft.tracks.filter(({ type, segments }) => type === track.type && segments.length > 0);
  const highest = others.map(layerOf);
  return highest.length === 0 ? own : Math.max(...highest) + 1;
}

/** Sets the layer of a track. */
export function setLayer(segments: readonly Segment[], layer: number): void {
  for (const segment of segments) segment.render_index = layer;
}

function findEqual({ draft }: EditContext, array: string, entry: JsonObject): Material | undefined {
  for (const found of draft.materials.values()) {
    if (found.array !== array) continue;
    const isEqual = Object.entries(entry).every(
      ([key, value]) => IDENTITY.has(key) || JSON.stringify(found.material[key]) === JSON.stringify(value),
    );
    if (isEqual) return found.material;
  }
  return undefined;
}
