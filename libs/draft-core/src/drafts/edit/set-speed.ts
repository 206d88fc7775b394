import { speedMaterial } from '../../compile/materials/speed.ts';
import type { EditDraft } from './edit-draft.ts';
import type { Material, Segment } from './parts.ts';

/** Writes the speed of a segment to both places that say it. */
export function setSpeed(draft: EditDraft, segment: Segment, speed: number): void {
  segment.speed = speed;
  const [material] = draft.companions(segment, 'speeds');
  if (material !== undefined) {
    material.speed = speed;
    return;
  }
  const made = speedMaterial(draft.newId(), speed) as Material;
  draft.addMaterial('speeds', made);
  draft.refer(segment, made.id);
}
