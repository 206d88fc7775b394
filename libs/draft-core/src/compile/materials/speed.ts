import type { JsonObject } from '../compiled-draft.ts';

/** Entry of `speeds`: the constant speed of a clip. */
export function speedMaterial(id: string, speed: number): JsonObject {
  return { curve_speed: null, id, mode: 0, speed, type: 'speed' };
}
