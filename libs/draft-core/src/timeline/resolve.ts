import type { MediaFacts } from '../media-facts.ts';
import { frameBefore, frameLengthUs, frameToUs, nearestFrame, snapToFrame } from './frames.ts';
import type { SourceRange } from './model.ts';
import type { Report } from './report.ts';
import { formatUs } from './time.ts';

/** What a clip says about its times, in microseconds. */
export interface StatedTimes {
  startUs: number;
  durationUs: number | undefined;
  sourceStartUs: number | undefined;
  sourceDurationUs: number | undefined;
  speed: number | undefined;
}

/** Where a clip lies and what it plays. */
export interface ResolvedTimes {
  startUs: number;
  durationUs: number;
  /** Length before it was moved to the grid. */
  statedUs: number;
  source: SourceRange;
  speed: number;
}

/** The frame grid that times are moved to, or none. */
export interface Grid {
  fps: number;
  quantise: boolean;
}

/** How to name the clip, and where findings go. */
export interface ClipReport {
  place: string;
  pointer(...path: (string | number)[]): string;
  report: Report;
}

/** Checks a span and moves its ends to the frame grid; `undefined` when it has no length. */
export function resolveSpan(
  startUs: number,
  durationUs: number,
  grid: Grid,
  clip: ClipReport,
): { startUs: number; durationUs: number } | undefined {
  if (startUs < 0) {
    clip.report(
      'DR002',
      'error',
      clip.pointer('start'),
      `${clip.place}: start ${formatUs(startUs)} is before 0`,
      {
        hint: 'start at 0 or later',
      },
    );
  }
  if (durationUs <= 0) {
    const message = `${clip.place}: duration must be positive (got ${formatUs(durationUs)})`;
    clip.report('DR003', 'error', clip.pointer('duration'), message);
    return undefined;
  }
  if (startUs < 0) return undefined;
  if (!Number.isSafeInteger(startUs + durationUs)) {
    const message = `${clip.place}: it ends at ${startUs + durationUs} us, which is not a valid time`;
    clip.report('DR004', 'error', clip.pointer('duration'), message, {
      hint: 'end before 2^53 microseconds',
    });
    return undefined;
  }
  if (durationUs < frameLengthUs(grid.fps) - 1) {
    const message = `${clip.place}: ${formatUs(durationUs)} is shorter than a frame, becomes one frame`;
    clip.report('DR009', 'info', clip.pointer('duration'), message);
  }
  return grid.quantise ? onGrid(startUs, startUs + durationUs, grid.fps) : { startUs, durationUs };
}

function onGrid(startUs: number, endUs: number, fps: number): { startUs: number; durationUs: number } {
  const first = nearestFrame(startUs, fps);
  const last = Math.max(nearestFrame(endUs, fps), first + 1);
  const start = frameToUs(first, fps);
  return { startUs: start, durationUs: frameToUs(last, fps) - start };
}

/**
 * Works out place, source and speed of a clip that plays a file, from what it says and what is known of the file:
 * `source = duration * speed`, within a frame. Without any length the clip plays the file to its end.
 */
export function resolveMediaTimes(
  stated: StatedTimes,
  facts: MediaFacts | undefined,
  grid: Grid,
  clip: ClipReport,
): ResolvedTimes | undefined {
  const { report, place, pointer } = clip;
  const { sourceStartUs = 0, speed: statedSpeed } = stated;
  if (statedSpeed !== undefined && !(statedSpeed > 0)) {
    report('DR022', 'error', pointer('speed'), `${place}: speed must be > 0 (got ${statedSpeed})`);
    return undefined;
  }
  if (sourceStartUs < 0) {
    report(
      'DR020',
      'error',
      pointer('source', 'start'),
      `${place}: source start ${formatUs(sourceStartUs)} is before 0`,
    );
    return undefined;
  }
  let { durationUs, sourceDurationUs } = stated;
  if (sourceDurationUs !== undefined && sourceDurationUs <= 0) {
    const message = `${place}: source duration must be positive (got ${formatUs(sourceDurationUs)})`;
    report('DR003', 'error', pointer('source', 'duration'), message);
    return undefined;
  }
  const wholeFile = durationUs === undefined && sourceDurationUs === undefined;
  if (wholeFile) {
    if (facts === undefined || facts.durationUs <= 0) {
      report('DR130', 'error', pointer(), `${place}: the length of its media is not known`, {
        hint: 'give the clip a `duration`, or the facts of the file',
      });
      return undefined;
    }
    sourceDurationUs = facts.durationUs - sourceStartUs;
    if (sourceDurationUs <= 0) {
      const message = `${place}: source starts at ${formatUs(sourceStartUs)}, the file ends at ${formatUs(facts.durationUs)}`;
      report('DR020', 'error', pointer('source', 'start'), message, { hint: 'start earlier' });
      return undefined;
    }
  }
  if (durationUs !== undefined && durationUs <= 0)
    return resolveSpan(stated.startUs, durationUs, grid, clip) as undefined;
  const speed = statedSpeed ?? (durationUs && sourceDurationUs ? sourceDurationUs / durationUs : 1);
  durationUs ??= Math.round(sourceDurationUs! / speed);
  sourceDurationUs ??= Math.round(durationUs * speed);
  const frame = frameLengthUs(grid.fps);
  if (Math.abs(sourceDurationUs - durationUs * speed) > frame + 1) {
    const message = `${place}: source ${formatUs(sourceDurationUs)} / speed ${speed} is not duration ${formatUs(durationUs)}`;
    report('DR024', 'error', pointer('source'), message, { hint: 'drop one of the three' });
    return undefined;
  }
  checkEnd(sourceStartUs, sourceDurationUs, facts, frame, clip);
  const span = resolveSpan(stated.startUs, durationUs, grid, clip);
  if (span === undefined) return undefined;
  // A file that is played to its end must not be stretched over its end by rounding up.
  if (wholeFile && grid.quantise) shorten(span, span.startUs + durationUs, grid.fps);
  const derived =
    statedSpeed === undefined && stated.durationUs !== undefined && stated.sourceDurationUs !== undefined;
  return {
    ...span,
    statedUs: durationUs,
    ...fitSource(sourceStartUs, sourceDurationUs, speed, derived, span.durationUs, facts, grid),
  };
}

function shorten(span: { startUs: number; durationUs: number }, endUs: number, fps: number): void {
  const first = nearestFrame(span.startUs, fps);
  const last = Math.max(frameBefore(endUs, fps), first + 1);
  span.durationUs = frameToUs(last, fps) - span.startUs;
}

/** The source after the clip was moved to the grid; it never reaches beyond the file. */
function fitSource(
  startUs: number,
  lengthUs: number,
  speed: number,
  derived: boolean,
  durationUs: number,
  facts: MediaFacts | undefined,
  { fps, quantise }: Grid,
): { source: SourceRange; speed: number } {
  const fileUs = endOf(facts);
  let start = startUs;
  let length = lengthUs;
  let rate = speed;
  if (quantise) {
    start = snapToFrame(startUs, fps);
    if (derived && speed !== 1) {
      length = Math.max(1, snapToFrame(startUs + lengthUs, fps) - start);
      rate = length / durationUs;
    } else {
      length = speed === 1 ? durationUs : Math.round(durationUs * speed);
    }
    // A length that was rounded up is one of the timeline: of the file it takes `speed` times as much.
    if (start + length > fileUs) {
      start = Math.max(0, Math.min(start, frameToUs(frameBefore(fileUs - length, fps), fps)));
    }
  }
  if (start + length > fileUs) {
    length = Math.max(1, fileUs - start);
    if (Math.abs(length - durationUs * rate) > frameLengthUs(fps)) rate = length / durationUs;
  }
  return { source: { startUs: start, durationUs: length }, speed: rate };
}

function checkEnd(
  startUs: number,
  lengthUs: number,
  facts: MediaFacts | undefined,
  frameUs: number,
  { report, place, pointer }: ClipReport,
): void {
  const overUs = startUs + lengthUs - endOf(facts);
  if (overUs <= 0) return;
  const range = `source ${formatUs(startUs)} to ${formatUs(startUs + lengthUs)}`;
  const file = `its file of ${formatUs(facts!.durationUs)}`;
  if (overUs > frameUs) {
    report('DR020', 'error', pointer('source'), `${place}: ${range} exceeds ${file}`, {
      hint: 'trim it or slow it down',
    });
  } else {
    report(
      'DR021',
      'warning',
      pointer('source'),
      `${place}: ${range} overshoots ${file} by ${overUs} us; it is cut there`,
    );
  }
}

function endOf(facts: MediaFacts | undefined): number {
  return facts !== undefined && facts.durationUs > 0 ? facts.durationUs : Number.POSITIVE_INFINITY;
}

/** Works out the times of a clip that shows a still picture, or an animated one that the app repeats. */
export function resolveStill(
  stated: StatedTimes,
  facts: MediaFacts,
  grid: Grid,
  clip: ClipReport,
): ResolvedTimes | undefined {
  const { report, place, pointer } = clip;
  if ((stated.speed ?? 1) !== 1 || (stated.sourceStartUs ?? 0) !== 0) {
    const key = (stated.speed ?? 1) === 1 ? 'source' : 'speed';
    report('DR025', 'error', pointer(key), `${place}: a still picture has no speed and no source offset`, {
      hint: `remove \`${key}\``,
    });
  }
  const { durationUs: shownUs, sourceDurationUs: playedUs = shownUs } = stated;
  if (shownUs !== undefined && Math.abs(playedUs! - shownUs) > frameLengthUs(grid.fps) + 1) {
    const message = `${place}: source ${formatUs(playedUs!)} of a still picture is not duration ${formatUs(shownUs)}`;
    report('DR024', 'error', pointer('source'), message, { hint: 'drop one of the two' });
  }
  const durationUs = shownUs ?? playedUs ?? facts.durationUs;
  if (durationUs === 0 && stated.durationUs === undefined) {
    report('DR003', 'error', pointer(), `${place}: a still picture has no length of its own`, {
      hint: 'give the clip a `duration`',
    });
    return undefined;
  }
  const span = resolveSpan(stated.startUs, durationUs, grid, clip);
  return (
    span && { ...span, statedUs: durationUs, source: { startUs: 0, durationUs: span.durationUs }, speed: 1 }
  );
}
