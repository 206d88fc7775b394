import { showJson } from '@cozecut/problems';
import { isOnGrid } from '../../timeline/frames.ts';
import { formatUs } from '../../timeline/time.ts';
import type { DraftContext, DraftRule } from '../draft-rule.ts';
import { isCaptionTrack, type SegmentView, type TrackView } from '../draft-view.ts';
import { isObject } from '../loose.ts';
import { roomAfter, snapped, snapSegment } from './snap.ts';

/** DR001: segments of one track may touch, not overlap. */
export const overlap: DraftRule = {
  id: 'DR001',
  title: 'clips of a track do not overlap',
  severity: 'error',
  fixable: true,
  track(track, context) {
    if (!isCaptionTrack(track)) reportOverlaps(track, context);
  },
};

/** DR111: captions of one track may touch, not overlap. */
export const captionOverlap: DraftRule = {
  id: 'DR111',
  title: 'captions of a track do not overlap',
  severity: 'error',
  fixable: true,
  track(track, context) {
    if (isCaptionTrack(track)) reportOverlaps(track, context);
  },
};

function reportOverlaps({ segments, place }: TrackView, { frameUs, report }: DraftContext): void {
  const placed = segments.filter(({ endUs }) => endUs !== undefined).sort((a, b) => a.startUs! - b.startUs!);
  // The one that reaches furthest so far, not the neighbour: a long one may cover several.
  let last: SegmentView | undefined;
  for (const segment of placed) {
    if (last !== undefined && segment.startUs! < last.endUs!) {
      const overUs = last.endUs! - segment.startUs!;
      const message = `${last.place} ends at ${formatUs(last.endUs!)} after ${segment.place} starts at ${formatUs(segment.startUs!)} on ${place}`;
      const [path, durationUs] = [[...last.path, 'target_timerange', 'duration'], last.durationUs! - overUs];
      const isRounding = overUs < frameUs && durationUs > 0;
      report({
        path: segment.path,
        message,
        hint: 'move or trim one, or use a second track',
        ...(isRounding
          ? {
              fix: {
                title: 'end the first where the second starts',
                timeline: (edit) => edit.setAt(path, durationUs),
              },
            }
          : {}),
      });
    }
    if (last === undefined || segment.endUs! > last.endUs!) last = segment;
  }
}

/** DR002: nothing starts before 0. */
export const negativeStart: DraftRule = {
  id: 'DR002',
  title: 'clips start at 0 or later',
  severity: 'error',
  segment({ startUs, path, place }, { report }) {
    if (startUs === undefined || startUs >= 0) return;
    report({
      path: [...path, 'target_timerange', 'start'],
      message: `${place} starts before 0`,
      hint: 'set the start to 0 or later',
    });
  },
};

/** DR003: lengths are positive. */
export const positiveDuration: DraftRule = {
  id: 'DR003',
  title: 'clips have a length',
  severity: 'error',
  segment({ durationUs, source, path, place }, { report }) {
    for (const [key, value] of [
      ['target_timerange', durationUs],
      ['source_timerange', source?.durationUs],
    ] as const) {
      if (value === undefined || value > 0) continue;
      report({
        path: [...path, key, 'duration'],
        message: `${place}: ${key}.duration must be positive (got ${value})`,
      });
    }
  },
};

/** DR004: times are whole microseconds. */
export const wholeTimes: DraftRule = {
  id: 'DR004',
  title: 'times are whole microseconds',
  severity: 'error',
  segment({ value, path, place }, { report }) {
    for (const key of ['target_timerange', 'source_timerange']) {
      const range = value[key];
      if (key === 'source_timerange' && (range === null || range === undefined)) continue;
      if (!isObject(range)) {
        report({
          path: [...path, key],
          message: `${place}: ${key} must hold start and duration (got ${showJson(range)})`,
        });
        continue;
      }
      for (const part of ['start', 'duration']) {
        if (Number.isSafeInteger(range[part])) continue;
        const message = `${place}: ${key}.${part} must be a time in whole microseconds (got ${showJson(range[part])})`;
        report({ path: [...path, key, part], message });
      }
    }
  },
};

/** DR008: ends of segments lie on the frame grid. */
export const frameGrid: DraftRule = {
  id: 'DR008',
  title: 'clips start and end on the frame grid',
  severity: 'warning',
  fixable: true,
  segment(segment, { view, frameUs, report }) {
    const { startUs, endUs, path, place } = segment;
    const { fps } = view.canvas;
    if (endUs === undefined) return;
    const off = [startUs!, endUs].find((us) => !isOnGrid(us, fps));
    if (off === undefined) return;
    const { startUs: start, durationUs } = snapped(startUs!, endUs, fps);
    const offUs = Math.abs(off - (off === startUs ? start : start + durationUs));
    const fits = start + durationUs <= roomAfter(segment) + frameUs;
    report({
      path: [...path, 'target_timerange'],
      message: `${place}: ${off} us is ${offUs} us off the ${fps} fps grid`,
      hint: 'the app will move it',
      ...(fits ? { fix: { title: 'move it to the grid', timeline: snapSegment(segment, fps) } } : {}),
    });
  },
};

/** DR009: no segment is shorter than a frame. */
export const shorterThanFrame: DraftRule = {
  id: 'DR009',
  title: 'clips are at least one frame long',
  severity: 'info',
  fixable: true,
  segment(segment, { view, frameUs, report }) {
    const { endUs, startUs, durationUs, path, place } = segment;
    if (endUs === undefined || durationUs! >= frameUs - 1) return;
    const { fps } = view.canvas;
    const after = snapped(startUs!, endUs, fps);
    const fits = after.startUs + after.durationUs <= roomAfter(segment);
    report({
      path: [...path, 'target_timerange', 'duration'],
      message: `${place}: ${formatUs(durationUs!)} is shorter than a frame, becomes one frame`,
      ...(fits ? { fix: { title: 'make it one frame long', timeline: snapSegment(segment, fps) } } : {}),
    });
  },
};

/** DR026: sped segments have whole frames on both sides. */
export const wholeFramesAtSpeed: DraftRule = {
  id: 'DR026',
  title: 'sped clips are whole frames long',
  severity: 'info',
  segment({ speed, source, durationUs, path, place }, { view, report }) {
    if (speed === 1 || source?.durationUs === undefined || durationUs === undefined) return;
    const { fps } = view.canvas;
    if (isOnGrid(source.durationUs, fps) && isOnGrid(durationUs, fps)) return;
    report({
      path: [...path, 'source_timerange'],
      message: `${place}: source or length is not a whole number of frames; the app will show a changed speed after saving`,
    });
  },
};
