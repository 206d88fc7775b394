import type { EditDraft } from './edit-draft.ts';
import { failEdit } from './fail.ts';
import { clipPlace, type FoundClip } from './select.ts';

/** Refuses a clip that plays backwards or at a changing speed: how these map to the file is not known. */
export function assertPlain(draft: EditDraft, found: FoundClip): void {
  const { segment } = found;
  const hasCurve = draft
    .companions(segment, 'speeds')
    .some(({ mode, curve_speed: curve }) => mode === 1 || (curve !== null && curve !== undefined));
  if (segment.reverse !== true && !hasCurve) return;
  const how = hasCurve ? 'at a changing speed' : 'backwards';
  failEdit('DR027', `${clipPlace(draft, found)} plays ${how}: such clips can be moved, not cut`, {
    hint: 'cut it in the app',
  });
}
