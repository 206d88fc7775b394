import { MASK_HINT, type MaskShape, maskShape } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';

/** A resource of the editor by its display name, or by its id, which is written in digits. */
export function reference(text: string): { name: string } | { id: string } {
  return /^\d{6,}$/.test(text) ? { id: text } : { name: text };
}

/** The same with a length, where one is given; 0 is none. */
export function timedReference(text: string, duration: number | undefined) {
  return { ...reference(text), ...(duration ? { duration } : {}) };
}

/** How strong an effect is: as a whole, and by its parameters in their order. */
export function strength(intensity: number | undefined, params: readonly number[] | undefined) {
  return {
    ...(intensity === undefined ? {} : { intensity }),
    ...(params === undefined ? {} : { params: Object.fromEntries(params.entries()) }),
  };
}

/**
 * The shape of a mask by any of its names.
 *
 * @throws UserError INPUT_INVALID
 */
export function maskOf(name: string): MaskShape {
  const shape = maskShape(name);
  if (shape !== undefined) return shape;
  throw new UserError('INPUT_INVALID', `there is no mask ${JSON.stringify(name)}`, { hint: MASK_HINT });
}
