import { sameMediaKey } from '../same-media.ts';
import type { EditDraft } from './edit-draft.ts';
import type { Material } from './parts.ts';

/** Which file each material of a draft plays, and how. */
export function mediaKeys(draft: EditDraft): ReadonlyMap<Material, string> {
  const keys = new Map<Material, string>();
  for (const { array, material } of draft.materials.values()) {
    const key = sameMediaKey(array, material);
    if (key !== undefined) keys.set(material, key);
  }
  return keys;
}

/**
 * Makes one material of those that edits made equal; materials that were equal before stay as they are.
 *
 * @param before - What {@link mediaKeys} said in front of all edits.
 * @returns Ids that no segment uses any more.
 */
export function mergeMedia(draft: EditDraft, before: ReadonlyMap<Material, string>): string[] {
  const first = new Map<string, Material>();
  const instead = new Map<string, string>();
  for (const [material, key] of mediaKeys(draft)) {
    const kept = first.get(key);
    if (kept === undefined) first.set(key, material);
    else if (before.get(material) !== key || before.get(kept) !== key) instead.set(material.id, kept.id);
  }
  if (instead.size === 0) return [];
  for (const { segments } of draft.tracks)
    for (const segment of segments)
      segment.material_id = instead.get(segment.material_id) ?? segment.material_id;
  return [...instead.keys()];
}
