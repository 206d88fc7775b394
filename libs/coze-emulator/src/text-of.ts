import { numberText } from './exact-json.ts';

/** The text, or the number as text; blank for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (numberText(value) ?? '');
}
