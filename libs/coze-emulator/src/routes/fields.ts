import { isJsonObject } from '../exact-json.ts';
import { Refusal } from '../refusal.ts';

/** A JSON object. */
export type Fields = Record<string, unknown>;

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return isJsonObject(value);
}

/** The body as an object; nothing counts as an empty one. @throws Refusal 4000 */
export function fieldsOf(body: unknown): Fields {
  if (body === undefined || body === null) return {};
  if (!isFields(body)) throw new Refusal(4000, 'the body must be a JSON object');
  return body;
}

/** @throws Refusal 4000 */
export function requiredText(body: Fields, key: string): string {
  const value = body[key];
  if (typeof value !== 'string' || value === '') throw new Refusal(4000, `${key} is required`);
  return value;
}

/** @throws Refusal 4000 */
export function optionalBoolean(body: Fields, key: string, fallback: boolean): boolean {
  const value = body[key];
  if (value === undefined || value === null) return fallback;
  if (typeof value !== 'boolean') throw new Refusal(4000, `${key} must be a boolean`);
  return value;
}

/** A whole number within bounds. @throws Refusal 4000 */
export function wholeNumber(value: unknown, name: string, fallback: number, range: [number, number]): number {
  if (value === undefined || value === null || value === '') return fallback;
  const number = Number(value);
  const [from, to] = range;
  if (!Number.isInteger(number) || number < from || number > to) {
    throw new Refusal(4000, `${name} must be a whole number from ${from} to ${to}`);
  }
  return number;
}

/** Checks `meta_data`. @throws Refusal 4000, 4003 */
export function checkMetaData(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isFields(value)) throw new Refusal(4000, 'meta_data must be a map of texts');
  const pairs = Object.entries(value);
  const isFine = ([key, text]: [string, unknown]) =>
    inRange(key.length, 1, 64) && typeof text === 'string' && inRange(text.length, 1, 512);
  if (pairs.length > 16 || !pairs.every(isFine)) {
    throw new Refusal(4003, 'meta_data takes up to 16 pairs, keys of 1-64 and values of 1-512 characters');
  }
  return value as Record<string, string>;
}

function inRange(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}
