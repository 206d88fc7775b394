import type { Problem } from '@cozecut/problems';
import { frameLengthUs, isOnGrid, snapToFrame } from '../../timeline/frames.ts';
import { formatUs } from '../../timeline/time.ts';
import { textOf, timeOf } from '../loose.ts';
import type { EditDraft } from './edit-draft.ts';
import type { Segment, Track } from './parts.ts';
import { clipPlace, inOrder, trackPlace } from './select.ts';
import type { Snapshot } from './snapshot.ts';
import { sourceOf, spanIfAny } from './spans.ts';

/** Holds what edits have changed against the rules; what was wrong before is not theirs. */
export function checkResult(draft: EditDraft, before: Snapshot, now: Snapshot): Problem[] {
  const found = draft.tracks.flatMap((track) => [
    ...checkPlaces(draft, track, before, now),
    ...track.segments.flatMap((segment) =>
      before.isRecut(segment, now) ? checkSource(draft, track, segment) : [],
    ),
  ]);
  return [...found, ...checkGrid(draft, before, now)];
}

/** Times are taken as they are given, and the app moves them: told once, not for each clip that follows. */
function checkGrid(draft: EditDraft, before: Snapshot, now: Snapshot): Problem[] {
  for (const track of draft.tracks) {
    for (const segment of track.segments) {
      const span = spanIfAny(segment);
      if (span === undefined || !before.isMoved(segment, now)) continue;
      const us = [span.startUs, span.endUs].find((one) => !isOnGrid(one, draft.fps));
      if (us === undefined) continue;
      const message = `${clipPlace(draft, { track, segment })}: ${us} us is not on the ${draft.fps} fps grid; the app moves it to ${snapToFrame(us, draft.fps)}`;
      return [{ code: 'DR008', severity: 'warning', message }];
    }
  }
  return [];
}

function checkPlaces(draft: EditDraft, track: Track, before: Snapshot, now: Snapshot): Problem[] {
  const problems: Problem[] = [];
  let last: { segment: Segment; endUs: number; isMoved: boolean } | undefined;
  for (const segment of inOrder(track)) {
    const span = spanIfAny(segment);
    if (span === undefined) continue;
    const isMoved = before.isMoved(segment, now);
    // Names are looked up only for those who need one.
    const place = (): string => clipPlace(draft, { track, segment });
    if (isMoved && span.startUs < 0)
      problems.push(error('DR002', `${place()}: start ${formatUs(span.startUs)} is before 0`));
    if (isMoved && span.durationUs <= 0)
      problems.push(
        error('DR003', `${place()}: duration must be positive (got ${formatUs(span.durationUs)})`),
      );
    if (last !== undefined && last.endUs > span.startUs && (isMoved || last.isMoved)) {
      const message = `${clipPlace(draft, { track, segment: last.segment })} ends at ${formatUs(last.endUs)} after ${place()} starts`;
      problems.push(
        error(
          'DR001',
          message,
          `move or trim one, use ripple, or another track than ${trackPlace(draft, track)}`,
        ),
      );
    }
    if (last === undefined || span.endUs > last.endUs) last = { segment, endUs: span.endUs, isMoved };
  }
  return problems;
}

function checkSource(draft: EditDraft, track: Track, segment: Segment): Problem[] {
  const source = sourceOf(segment);
  const found = draft.material(segment.material_id);
  if (source === undefined || (found?.array !== 'videos' && found?.array !== 'audios')) return [];
  const { type, duration } = found.material;
  const lengthUs = timeOf(duration);
  if (source.start < 0)
    return [
      error(
        'DR020',
        `${clipPlace(draft, { track, segment })}: source start ${formatUs(source.start)} is before 0`,
      ),
    ];
  if (type === 'photo' || type === 'gif' || lengthUs === undefined || lengthUs <= 0) return [];
  const overUs = source.start + source.duration - lengthUs;
  if (overUs <= 0) return [];
  const range = `${formatUs(source.start)} to ${formatUs(source.start + source.duration)}`;
  const file =
    textOf(found.material.material_name) ??
    textOf(found.material.name) ??
    textOf(found.material.path)?.split(/[\\/]/).at(-1) ??
    'the file';
  const place = clipPlace(draft, { track, segment });
  return overUs > frameLengthUs(draft.fps)
    ? [
        error(
          'DR020',
          `${place}: source ${range} exceeds ${file} (${formatUs(lengthUs)})`,
          'trim it, or play it slower',
        ),
      ]
    : [
        {
          code: 'DR021',
          severity: 'warning',
          message: `${place}: source ends ${overUs} us behind the end of ${file}`,
        },
      ];
}

function error(code: string, message: string, hint?: string): Problem {
  return { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
}
