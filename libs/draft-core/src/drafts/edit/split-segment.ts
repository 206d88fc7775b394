import { isObject, listOf } from '../loose.ts';
import { Cloner } from './clone.ts';
import { cutCurves } from './curves.ts';
import type { EditDraft } from './edit-draft.ts';
import type { EditContext } from './operation.ts';
import type { Mutable, Segment } from './parts.ts';
import { assertPlain } from './plain-speed.ts';
import { fitCompanions } from './resize.ts';
import type { FoundClip } from './select.ts';
import { place } from './settle.ts';
import { setSource, setSpan, sourceOf, spanOf, speedOf } from './spans.ts';

/**
 * Splits a segment in two that play like it: the first keeps its id, its fade and animation at the start, the second
 * gets those at the end and the transition.
 *
 * @param atUs - Inside of the segment.
 * @returns The second part.
 */
export function splitSegment(context: EditContext, { track, segment }: FoundClip, atUs: number): Segment {
  const { draft } = context;
  assertPlain(draft, { track, segment });
  const { startUs, endUs, durationUs } = spanOf(segment);
  const second = new Cloner(draft, draft).segment(segment);
  setSpan(segment, startUs, atUs - startUs);
  setSpan(second, atUs, endUs - atUs);
  splitSource(draft, segment, second);
  cutCurves(draft, segment, 0, atUs - startUs);
  cutCurves(draft, second, atUs - startUs, durationUs);
  keepEnd(context, segment, 'start', durationUs);
  keepEnd(context, second, 'end', durationUs);
  place(track, second);
  return second;
}

function splitSource(draft: EditDraft, first: Segment, second: Segment): void {
  const source = sourceOf(first);
  if (source === undefined) return;
  const { start, duration } = source;
  const { durationUs } = spanOf(first);
  const type = draft.material(first.material_id)?.material.type;
  if (type === 'photo') {
    setSource(first, start, durationUs);
    setSource(second, start, spanOf(second).durationUs);
    return;
  }
  // Each part keeps at least a microsecond of its file.
  const played = Math.max(1, Math.min(duration - 1, Math.round(durationUs * speedOf(first))));
  setSource(first, start, played);
  setSource(second, start + played, duration - played);
}

/** Takes away from one part what belongs to the other end of the whole. */
function keepEnd(context: EditContext, segment: Segment, end: 'start' | 'end', formerUs: number): void {
  const { draft } = context;
  const lost = new Set<string>();
  for (const fade of draft.companions(segment, 'audio_fades')) {
    fade[end === 'start' ? 'fade_out_duration' : 'fade_in_duration'] = 0;
    if (!fade.fade_in_duration && !fade.fade_out_duration) lost.add(fade.id);
  }
  for (const material of draft.companions(segment, 'material_animations')) {
    const other = end === 'start' ? 'out' : 'in';
    const all = listOf(material.animations).filter(isObject) as Mutable[];
    const kept = all.filter(({ type }) => type !== other);
    if (kept.length < all.length) material.animations = kept;
  }
  if (end === 'start') for (const { id } of draft.companions(segment, 'transitions')) lost.add(id);
  if (lost.size > 0)
    segment.extra_material_refs = segment.extra_material_refs!.filter((ref) => !lost.has(ref));
  context.release(lost);
  fitCompanions(draft, segment, formerUs);
}
