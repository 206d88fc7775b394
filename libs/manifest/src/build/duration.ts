const FACTORS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of a duration such as `30s`, `500ms` or `5m`.
 *
 * @returns `undefined` when the text is not a duration.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^([1-9][0-9]*)(ms|s|m)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * FACTORS[match[2]!]!;
}

/** Milliseconds of a duration that the schema has accepted. */
export function durationMs(text: string): number {
  return parseDuration(text) ?? 0;
}

/** Milliseconds of an age that the schema has accepted; nothing for `never`. */
export function ageMs(text: string): number | undefined {
  const [, count, unit] = /^([0-9]+)([mhd])$/.exec(text) ?? [];
  return unit === undefined ? undefined : Number(count) * FACTORS[unit]!;
}
