/** 0..1 as percent, without the noise of binary fractions. */
export function percent(fraction: number): number {
  return tidy(fraction * 100);
}

/** Rounds to nine decimals: `0.1 * 3` is 0.3. */
export function tidy(value: number): number {
  return Number(value.toFixed(9));
}

/** Removes the keys without a value, which the timeline does not know. */
export function defined<Value extends object>(
  object: { [Key in keyof Value]: Value[Key] | undefined },
): Value {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Value;
}

/** The object, or nothing when it has no keys. */
export function unlessEmpty<Value extends object>(object: Value): Value | undefined {
  return Object.keys(object).length > 0 ? object : undefined;
}

/** Whether a value is an object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An id or another word that may be written as a number. */
export function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A number, also one in text; NaN for anything else. */
export function numeric(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}
