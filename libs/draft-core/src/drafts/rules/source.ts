import { formatUs } from '../../timeline/time.ts';
import type { DraftRule } from '../draft-rule.ts';
import { companionsIn, isStill, type SegmentView } from '../draft-view.ts';
import { numberOf } from '../loose.ts';

/** How far a segment reads beyond the end of its file, in microseconds. */
function overshoot(segment: SegmentView): number {
  const { source, material } = segment;
  const fileUs = numberOf(material?.value.duration);
  if (source?.startUs === undefined || source.durationUs === undefined || isStill(segment)) return 0;
  return fileUs !== undefined && fileUs > 0 ? source.startUs + source.durationUs - fileUs : 0;
}

function hasSpeedCurve(segment: SegmentView): boolean {
  return companionsIn(segment, 'speeds').some(({ value }) => value.mode === 1);
}

/** DR020: a segment plays what its file has. */
export const beyondFile: DraftRule = {
  id: 'DR020',
  title: 'clips play what their file has',
  severity: 'error',
  segment(segment, { frameUs, report }) {
    const { source, path, place } = segment;
    if (source?.startUs !== undefined && source.startUs < 0) {
      const message = `${place}: source starts at ${formatUs(source.startUs)}, before the file`;
      report({ path: [...path, 'source_timerange', 'start'], message });
    }
    const overUs = overshoot(segment);
    if (overUs <= frameUs) return;
    const endUs = source!.startUs! + source!.durationUs!;
    const message = `${place}: source ${formatUs(source!.startUs!)} to ${formatUs(endUs)} exceeds its file of ${formatUs(endUs - overUs)}`;
    report({ path: [...path, 'source_timerange'], message, hint: 'trim it or slow it down' });
  },
};

/** DR021: not even by a rounding. */
export const barelyBeyondFile: DraftRule = {
  id: 'DR021',
  title: 'clips end with their file at the latest',
  severity: 'warning',
  fixable: true,
  segment(segment, { frameUs, report }) {
    const overUs = overshoot(segment);
    const { source, path, place } = segment;
    const durationUs = (source?.durationUs ?? 0) - overUs;
    if (overUs <= 0 || overUs > frameUs || durationUs <= 0) return;
    report({
      path: [...path, 'source_timerange', 'duration'],
      message: `${place}: source overshoots its file by ${overUs} us`,
      fix: {
        title: 'end it with the file',
        timeline: (edit) => edit.setAt([...path, 'source_timerange', 'duration'], durationUs),
      },
    });
  },
};

/** DR022: time goes on. */
export const positiveSpeed: DraftRule = {
  id: 'DR022',
  title: 'speeds are positive',
  severity: 'error',
  segment(segment, { report }) {
    const speeds = [
      { value: segment.value.speed, path: [...segment.path, 'speed'] },
      ...companionsIn(segment, 'speeds').map(({ value, path }) => ({
        value: value.speed,
        path: [...path, 'speed'],
      })),
    ];
    for (const { value, path } of speeds) {
      const speed = numberOf(value);
      if (speed === undefined || (speed > 0 && Number.isFinite(speed))) continue;
      report({ path, message: `${segment.place}: speed must be > 0 (got ${speed})` });
    }
  },
};

/** DR023: speeds that the app can show. */
export const speedRange: DraftRule = {
  id: 'DR023',
  title: 'speeds are 0.1 to 8',
  severity: 'warning',
  segment({ speed, path, place }, { report }) {
    if (!(speed > 0) || (speed >= 0.1 && speed <= 8)) return;
    report({
      path: [...path, 'speed'],
      message: `${place}: speed ${speed} is outside of the slider of the app, 0.1 to 8`,
    });
  },
};

/** DR024: source, length and speed say the same. */
export const speedAgrees: DraftRule = {
  id: 'DR024',
  title: 'source, speed and length agree',
  severity: 'error',
  segment(segment, { frameUs, report }) {
    const { source, durationUs, speed, path, place } = segment;
    if (
      source?.durationUs === undefined ||
      durationUs === undefined ||
      isStill(segment) ||
      hasSpeedCurve(segment)
    )
      return;
    if (!(speed > 0) || durationUs <= 0 || source.durationUs <= 0) return;
    if (Math.abs(source.durationUs - durationUs * speed) <= frameUs + 1) return;
    report({
      path: [...path, 'source_timerange'],
      message: `${place}: source ${formatUs(source.durationUs)} / speed ${speed} is not length ${formatUs(durationUs)}`,
      hint: 'correct one of the three',
    });
  },
};

/** DR025: still pictures stand still. */
export const stillTimes: DraftRule = {
  id: 'DR025',
  title: 'still pictures have no speed and no source offset',
  severity: 'error',
  segment({ material, speed, source, path, place }, { report }) {
    if (material?.array !== 'videos' || material.value.type !== 'photo') return;
    const key = speed !== 1 ? 'speed' : (source?.startUs ?? 0) !== 0 ? 'source_timerange' : undefined;
    if (key === undefined) return;
    report({
      path: [...path, key],
      message: `${place}: a still picture has no speed and no source offset`,
      hint: `reset \`${key}\``,
    });
  },
};
