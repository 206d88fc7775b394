import { Fields, type Path, type Sink } from '../fields.ts';
import { isRecord } from '../values.ts';

/** A span in seconds. */
export interface Seconds {
  start: number;
  duration: number;
}

/** Name of the schema of a node, without its version: `Clip`. */
export function schemaOf(value: unknown): string {
  const { OTIO_SCHEMA: name } = (value ?? {}) as { OTIO_SCHEMA?: unknown };
  return typeof name === 'string' ? name.replace(/\.\d+$/, '') : '';
}

/** A node as fields; what every node has and nobody needs is read. */
export function nodeFields(value: unknown, path: Path, sink: Sink): Fields {
  const fields = new Fields(value, path, sink);
  fields.ignore('OTIO_SCHEMA', 'color', 'available_image_bounds');
  const { metadata } = (value ?? {}) as { metadata?: unknown };
  fields.ignore('metadata');
  for (const key of isRecord(metadata) ? Object.keys(metadata) : []) {
    if (key !== 'draft' && key !== 'capcut') sink.drop([...path, 'metadata', key]);
  }
  return fields;
}

/** What a writer of ours, or of one of the tools, left at a node. */
export function metadataOf(value: unknown, key: 'draft' | 'capcut'): Record<string, unknown> | undefined {
  const { metadata } = (value ?? {}) as { metadata?: unknown };
  const own = isRecord(metadata) ? metadata[key] : undefined;
  return isRecord(own) ? own : undefined;
}

/** Rates of film for video are fractions, which many writers round. */
const fractions: readonly [rounded: number, exact: number][] = [
  [23.976, 24_000 / 1001],
  [29.97, 30_000 / 1001],
  [47.952, 48_000 / 1001],
  [59.94, 60_000 / 1001],
  [119.88, 120_000 / 1001],
];

/** The rate that a number stands for. */
export function exactRate(rate: number): number {
  return fractions.find(([rounded]) => Math.abs(rounded - rate) < 0.006)?.[1] ?? rate;
}

/** A `RationalTime` in seconds, by its own rate; tells what is wrong with it. */
export function readTime(fields: Fields, key: string): number | undefined {
  if (!fields.has(key)) return undefined;
  const time = fields.object(key);
  time.ignore('OTIO_SCHEMA');
  const [value, rate] = [time.number('value') ?? 0, time.number('rate') ?? 0];
  if (rate > 0) return value / exactRate(rate);
  time.error('DR004', `${time.place}: the rate must be > 0 (got ${rate})`);
  return undefined;
}

/** A `TimeRange` in seconds. */
export function readRange(fields: Fields, key: string): Seconds | undefined {
  if (!fields.has(key)) return undefined;
  const range = fields.object(key);
  range.ignore('OTIO_SCHEMA');
  const duration = readTime(range, 'duration');
  const start = readTime(range, 'start_time') ?? 0;
  if (duration === undefined || duration < 0) {
    range.error('DR003', `${range.place}: the duration must be positive`, {}, 'duration');
    return undefined;
  }
  return { start, duration };
}
