const FACTORS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

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
