import { tidy } from './values.ts';

/** The app shows 0..100 for 0..0.2 in the draft. */
export function borderPercent(draftWidth: number): number {
  return tidy((draftWidth / 0.2) * 100);
}
