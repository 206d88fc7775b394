import type { MediaFacts } from '../../media-facts.ts';
import { formatUs } from '../../timeline/time.ts';
import type { ConvertOptions } from '../converter.ts';
import type { Fields } from '../fields.ts';

/** A length in the spec, and the file that it is a part of. */
export interface LengthSample {
  fields: Fields;
  media: string;
  /** Last moment of the file that is played, as it is written. */
  mediaEnd: number;
  facts: MediaFacts;
}

/** No clip that is shorter is believed. */
const SHORTEST_MS = 100;

/**
 * Times of a spec are seconds. When a file is much too short for that and milliseconds fit, it is an error: the tool
 * would fail, and the author meant milliseconds.
 */
export function isUnitClear(samples: readonly LengthSample[], { timeUnit }: ConvertOptions): boolean {
  if (timeUnit !== undefined && timeUnit !== 'auto') return true;
  const long = samples.filter(({ mediaEnd, facts: { durationUs } }) => {
    const fits = (unitUs: number): boolean => mediaEnd * unitUs <= 1.05 * durationUs;
    return durationUs > 0 && !fits(1_000_000) && fits(1000) && mediaEnd >= SHORTEST_MS;
  });
  const [first] = long;
  if (first === undefined) return true;
  const listed = long.map(
    ({ mediaEnd, media, facts }) => `${mediaEnd} of ${media} (${formatUs(facts.durationUs)})`,
  );
  const place = first.fields.place;
  first.fields.error(
    'DR160',
    `${place}: the unit cannot be decided: ${listed.join(', ')}: as seconds that is more than the file has, as milliseconds it fits`,
    { hint: 'pass the time unit: s or ms (--time-unit)' },
    'duration',
  );
  return false;
}
