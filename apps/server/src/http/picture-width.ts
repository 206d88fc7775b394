import { UserError } from '@cozecut/problems';

/** How wide the picture of a timeline may be, in pixels; in the widest an hour of short captions can be read. */
export const PICTURE_WIDTH = { minimum: 320, maximum: 100_000 } as const;
/** In pixels, when nobody says. */
export const USUAL_WIDTH = 960;

/** @throws UserError INPUT_INVALID when a picture is not made so wide. */
export function readWidth(value: unknown): number {
  const { minimum, maximum } = PICTURE_WIDTH;
  if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum)
    return value;
  throw new UserError('INPUT_INVALID', `width must be a whole number from ${minimum} to ${maximum}`);
}
