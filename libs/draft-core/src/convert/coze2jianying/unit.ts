import { showPath } from '@cozecut/problems';
import type { MediaFacts } from '../../media-facts.ts';
import { frameLengthUs } from '../../timeline/frames.ts';
import type { TimeUnit } from '../../timeline/schema.ts';
import { formatUs, US_PER_UNIT } from '../../timeline/time.ts';
import type { Path } from '../fields.ts';

/** Times of one segment as they are written, without a unit. */
export interface TimeSample {
  path: Path;
  /** What the segment shows, for messages. */
  label: string;
  start: number;
  end: number;
  /** Last moment of the media file that is played; `undefined` for a segment without a file. */
  mediaEnd: number | undefined;
  facts: MediaFacts | undefined;
}

/** The unit of a draft, or what to tell about it. */
export type UnitDecision = { unit: TimeUnit } | { message: string };

const units: readonly TimeUnit[] = ['s', 'ms', 'us'];
/** A clip that ends later is not believed. */
const LONGEST_US = 12 * 3_600_000_000;
/** A draft that is shorter is not believed. */
const SHORTEST_DRAFT_US = 500_000;
const SHOWN = 12;

/**
 * Decides the unit of a draft. With a known file: the one in which every clip fits into its file (with 5 % to spare)
 * and no clip is shorter than a frame. Without: only seconds can be told, by a fraction. Never a guess.
 */
export function decideUnit(samples: readonly TimeSample[], fps: number): UnitDecision {
  // Nothing to measure: whatever is wrong with the segments is told elsewhere.
  if (samples.length === 0) return { unit: 'ms' };
  const frameUs = frameLengthUs(fps);
  const fitting = (sample: TimeSample): TimeUnit[] => units.filter((unit) => fits(sample, unit, frameUs));
  if (!samples.some((sample) => lengthOf(sample) !== undefined)) return withoutFacts(samples, fitting);
  let candidates = units.filter((unit) => samples.every((sample) => fits(sample, unit, frameUs)));
  if (candidates.length > 1) {
    const endOf = (unit: TimeUnit): number => Math.max(...samples.map(({ end }) => end)) * US_PER_UNIT[unit];
    candidates = candidates.filter((unit) => endOf(unit) >= SHORTEST_DRAFT_US);
  }
  if (candidates.length > 1) {
    const exact = candidates.filter((unit) => samples.some((sample) => fillsFile(sample, unit)));
    if (exact.length === 1) candidates = exact;
  }
  const [unit, another] = candidates;
  if (unit !== undefined && another === undefined) return { unit };
  const why =
    unit === undefined ? 'no unit fits all of its times' : `${candidates.join(' and ')} fit all of its times`;
  return { message: `the unit cannot be decided, ${why}: ${listed(samples, fitting)}` };
}

function withoutFacts(
  samples: readonly TimeSample[],
  fitting: (sample: TimeSample) => TimeUnit[],
): UnitDecision {
  const values = samples.flatMap(({ start, end }) => [start, end]);
  const isSeconds = values.every((value) => value <= 600) && values.some((value) => !Number.isInteger(value));
  if (isSeconds) return { unit: 's' };
  const why = 'the length of no media file is known';
  return { message: `the unit cannot be decided, ${why}: ${listed(samples, fitting)}` };
}

function lengthOf({ facts, mediaEnd }: TimeSample): number | undefined {
  if (facts === undefined || facts.kind === 'photo' || mediaEnd === undefined) return undefined;
  return facts.durationUs > 0 ? facts.durationUs : undefined;
}

function fits(sample: TimeSample, unit: TimeUnit, frameUs: number): boolean {
  const scale = US_PER_UNIT[unit];
  if ((sample.end - sample.start) * scale < 0.9 * frameUs || sample.end * scale > LONGEST_US) return false;
  const fileUs = lengthOf(sample);
  return fileUs === undefined || sample.mediaEnd! * scale <= 1.05 * fileUs;
}

function fillsFile(sample: TimeSample, unit: TimeUnit): boolean {
  const fileUs = lengthOf(sample);
  return fileUs !== undefined && Math.abs(sample.mediaEnd! * US_PER_UNIT[unit] - fileUs) <= 0.05 * fileUs;
}

function listed(samples: readonly TimeSample[], fitting: (sample: TimeSample) => TimeUnit[]): string {
  const shown = samples.slice(0, SHOWN).map((sample) => {
    const fileUs = lengthOf(sample);
    const length = fileUs === undefined ? '' : ` of ${formatUs(fileUs)}`;
    const unknown = sample.mediaEnd !== undefined && sample.facts === undefined ? ' of unknown length' : '';
    const fit = fitting(sample).join(' or ') || 'no unit';
    return `${showPath(sample.path, 'input')} ends at ${sample.end} (${sample.label}${length}${unknown}; fits ${fit})`;
  });
  const more = samples.length - shown.length;
  return shown.join(', ') + (more > 0 ? `, and ${more} more` : '');
}
