import { fitTemplate } from '../../text-template.ts';
import { isObject, listOf, numberOf } from '../loose.ts';
import { cutCurves } from './curves.ts';
import type { EditDraft } from './edit-draft.ts';
import type { Mutable, Segment } from './parts.ts';
import { setSpan, spanOf } from './spans.ts';

/** Gives a segment other ends on the timeline; its curves stay where they are in time, and are cut there. */
export function resize(draft: EditDraft, segment: Segment, startUs: number, endUs: number): void {
  const former = spanOf(segment);
  if (former.startUs === startUs && former.endUs === endUs) return;
  setSpan(segment, startUs, endUs - startUs);
  cutCurves(draft, segment, startUs - former.startUs, endUs - former.startUs);
  fitCompanions(draft, segment, former.durationUs);
}

/** Fits animations and fades to a segment that has another length. */
export function fitCompanions(draft: EditDraft, segment: Segment, formerUs: number): void {
  const { durationUs } = spanOf(segment);
  if (durationUs === formerUs) return;
  const shown = draft.material(segment.material_id);
  if (shown?.array === 'text_templates') {
    const refs = listOf(segment.extra_material_refs);
    fitTemplate(shown.material, refs, { formerUs, durationUs }, (ref) => draft.material(ref)?.material);
    return;
  }
  for (const { animations } of draft.companions(segment, 'material_animations'))
    fitAnimations(listOf(animations).filter(isObject) as Mutable[], durationUs, formerUs);
  for (const fade of draft.companions(segment, 'audio_fades')) {
    const [inUs, outUs] = [numberOf(fade.fade_in_duration) ?? 0, numberOf(fade.fade_out_duration) ?? 0];
    const fitting = share(inUs, outUs, durationUs);
    if (fitting.inUs !== inUs) fade.fade_in_duration = fitting.inUs;
    if (fitting.outUs !== outUs) fade.fade_out_duration = fitting.outUs;
  }
}

function fitAnimations(animations: Mutable[], durationUs: number, formerUs: number): void {
  const of = (type: string): Mutable | undefined => animations.find((one) => one.type === type);
  const lengthOf = (one: Mutable | undefined): number => numberOf(one?.duration) ?? 0;
  const [first, last, loop, group] = [of('in'), of('out'), of('loop'), of('group')];
  const { inUs, outUs } = share(lengthOf(first), lengthOf(last), durationUs);
  if (first !== undefined) first.duration = inUs;
  if (last !== undefined) Object.assign(last, { start: durationUs - outUs, duration: outUs });
  if (loop !== undefined) Object.assign(loop, { start: inUs, duration: durationUs - inUs - outUs });
  if (group !== undefined && (lengthOf(group) === formerUs || lengthOf(group) > durationUs))
    group.duration = durationUs;
}

/** Two lengths that have to fit into one: as they are, or each its share. */
function share(inUs: number, outUs: number, lengthUs: number): { inUs: number; outUs: number } {
  if (inUs + outUs <= lengthUs) return { inUs, outUs };
  const first = Math.round((lengthUs * inUs) / (inUs + outUs));
  return { inUs: first, outUs: lengthUs - first };
}
