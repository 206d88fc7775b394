import { formatUs } from '../../timeline/time.ts';
import { failEdit } from './fail.ts';
import type { EditContext } from './operation.ts';
import type { ExtendMode, ShrinkMode } from './operations/replace-media.ts';
import { resize } from './resize.ts';
import { type FoundClip, inOrder } from './select.ts';
import { setSource, shiftFrom, spanIfAny, spanOf, speedOf } from './spans.ts';

/** What a clip does when it gets a part of another length. */
export interface RefitModes {
  shrink: ShrinkMode;
  /** Tried in order. */
  extend: readonly ExtendMode[];
  /** How messages name the clip. */
  said: string;
}

/** Gives a clip another part of a file, and the length that goes with it. */
export function refit(
  { draft }: EditContext,
  found: FoundClip,
  part: { startUs: number; durationUs: number },
  modes: RefitModes,
): void {
  const { track, segment } = found;
  const { startUs, endUs, durationUs: formerUs } = spanOf(segment);
  const speed = speedOf(segment);
  const lengthUs = Math.round(part.durationUs / speed);
  if (lengthUs <= 0) failEdit('DR003', `the new part is too short for ${modes.said}`);
  setSource(segment, part.startUs, part.durationUs);
  const byUs = lengthUs - formerUs;
  if (byUs < 0) {
    const headUs =
      modes.shrink === 'cut_head' ? -byUs : modes.shrink === 'shrink' ? Math.floor(-byUs / 2) : 0;
    resize(draft, segment, startUs + headUs, startUs + headUs + lengthUs);
    if (modes.shrink === 'cut_tail_align') shiftFrom(track, endUs, byUs, segment);
  } else if (byUs > 0) extend({ draft }, found, part, { lengthUs, modes: modes.extend, said: modes.said });
}

function extend(
  { draft }: Pick<EditContext, 'draft'>,
  found: FoundClip,
  part: { startUs: number },
  { lengthUs, modes, said }: { lengthUs: number; modes: readonly ExtendMode[]; said: string },
): void {
  const { track, segment } = found;
  const { startUs, endUs, durationUs: formerUs } = spanOf(segment);
  const byUs = lengthUs - formerUs;
  const order = inOrder(track);
  const place = order.indexOf(segment);
  const floorUs = place === 0 ? 0 : (spanIfAny(order[place - 1]!)?.endUs ?? 0);
  const next = order[place + 1];
  const ceilingUs = (next && spanIfAny(next)?.startUs) ?? Number.POSITIVE_INFINITY;
  for (const mode of modes) {
    switch (mode) {
      case 'cut_material_tail':
        setSource(segment, part.startUs, Math.round(formerUs * speedOf(segment)));
        return;
      case 'extend_head':
        if (startUs - byUs < floorUs) break;
        resize(draft, segment, startUs - byUs, endUs);
        return;
      case 'extend_tail':
        if (endUs + byUs > ceilingUs) break;
        resize(draft, segment, startUs, endUs + byUs);
        return;
      case 'push_tail':
        resize(draft, segment, startUs, endUs + byUs);
        if (endUs + byUs > ceilingUs) shiftFrom(track, endUs, endUs + byUs - ceilingUs, segment);
        return;
    }
  }
  failEdit('DR001', `there is no room for ${formatUs(byUs)} more of ${said} (${modes.join(', ')})`, {
    hint: 'allow push_tail or cut_material_tail',
  });
}
