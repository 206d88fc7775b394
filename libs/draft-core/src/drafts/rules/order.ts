import { formatUs } from '../../timeline/time.ts';
import type { DraftRule } from '../draft-rule.ts';
import { objectOf, timeOf } from '../loose.ts';

/** DR006: the main track begins at 0. */
export const mainStart: DraftRule = {
  id: 'DR006',
  title: 'the main track starts at 0',
  severity: 'warning',
  draft({ view: { mainTrack }, report }) {
    const first = mainTrack?.segments.toSorted((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0))[0];
    if (first?.startUs === undefined || first.startUs <= 0) return;
    report({
      path: [...first.path, 'target_timerange', 'start'],
      message: `first clip of the main track starts at ${formatUs(first.startUs)}; the app moves it to 0`,
      hint: 'start it at 0, or put a picture in front',
    });
  },
};

/** DR007: the magnet of the main track closes gaps. */
export const mainGaps: DraftRule = {
  id: 'DR007',
  title: 'the main track has no gaps while the magnet is on',
  severity: 'warning',
  draft({ view: { mainTrack, content }, report }) {
    if (mainTrack === undefined || objectOf(content.config).maintrack_adsorb !== true) return;
    let endUs: number | undefined;
    for (const segment of mainTrack.segments.toSorted((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0))) {
      if (segment.endUs === undefined) continue;
      if (endUs !== undefined && segment.startUs! > endUs) {
        report({
          path: [...segment.path, 'target_timerange', 'start'],
          message: `gap of ${formatUs(segment.startUs! - endUs)} before ${segment.place} will be closed by the app`,
          hint: 'switch the magnet off, or fill the gap',
        });
      }
      endUs = Math.max(endUs ?? 0, segment.endUs);
    }
  },
};

/** DR013: tracks hold something. */
export const emptyTrack: DraftRule = {
  id: 'DR013',
  title: 'tracks hold clips',
  severity: 'warning',
  track({ segments, path, place }, { report }) {
    if (segments.length === 0) report({ path, message: `${place} is empty` });
  },
};

/** DR015: the length of the draft is that of its content. */
export const totalDuration: DraftRule = {
  id: 'DR015',
  title: '`duration` is the end of the last clip',
  severity: 'warning',
  fixable: true,
  draft({ view: { content, segments, endUs }, report }) {
    if (content.duration === endUs || segments.some((segment) => segment.endUs === undefined)) return;
    const said = timeOf(content.duration);
    report({
      path: ['duration'],
      message: `duration says ${said === undefined ? 'nothing' : formatUs(said)}, the content ends at ${formatUs(endUs)}`,
      fix: { title: 'set the duration', timeline: (edit) => edit.setAt(['duration'], endUs) },
    });
  },
};

/** DR016: segments stand in the order in which they play. */
export const sortedSegments: DraftRule = {
  id: 'DR016',
  title: 'clips of a track are sorted by start',
  severity: 'warning',
  fixable: true,
  track({ segments, path, place }, { json, report }) {
    const starts = segments.map(({ startUs }) => startUs);
    if (starts.some((start) => start === undefined)) return;
    if (starts.every((start, index) => index === 0 || starts[index - 1]! <= start!)) return;
    const order = [...starts.keys()].sort((a, b) => starts[a]! - starts[b]! || a - b);
    const list = json.at([...path, 'segments'])!;
    report({
      path: [...path, 'segments'],
      message: `clips of ${place} are not sorted by start`,
      fix: { title: 'sort them', timeline: (edit) => edit.reorder(list, order) },
    });
  },
};
