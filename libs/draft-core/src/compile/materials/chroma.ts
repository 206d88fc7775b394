import type { ClipOf } from '../../timeline/schema.ts';
import type { JsonObject } from '../compiled-draft.ts';
import { withAlpha } from './canvas.ts';

/** Strength of a key that says none. What the app starts with is not known; at 0 nothing would be keyed out. */
const USUAL_INTENSITY = 50;

/** Entry of `chromas`: the colour that becomes transparent. */
export function chromaMaterial(id: string, chroma: NonNullable<ClipOf<'video'>['chroma']>): JsonObject {
  const { color, intensity = USUAL_INTENSITY, shadow = 0, edgeSmooth = 0, spill = 0 } = chroma;
  return {
    color: withAlpha(color),
    edge_smooth_value: edgeSmooth / 100,
    id,
    intensity_value: intensity / 100,
    shadow_value: shadow / 100,
    should_transfer_color: true,
    spill_value: spill / 100,
    type: 'chroma',
    version: 'v2',
  };
}
