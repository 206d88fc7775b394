import type { EditContext } from './operation.ts';
import type { FoundClip } from './select.ts';
import { setSpeed } from './set-speed.ts';
import { setSource, spanOf, speedOf } from './spans.ts';

/** Fits a clip to a still picture, which has no speed and is as long as its clip. */
export function makeStill({ draft }: Pick<EditContext, 'draft'>, { segment }: FoundClip): void {
  setSource(segment, 0, spanOf(segment).durationUs);
  if (speedOf(segment) !== 1) setSpeed(draft, segment, 1);
}
