import type { Fields } from '../fields.ts';
import { defined } from '../values.ts';

/**
 * A name where several may stand (`a|b`), of which the tool takes any.
 *
 * @param isKnown - Whether the app has a resource of a name; left out, the first name is taken.
 */
export function oneName(
  fields: Fields,
  key: string,
  isKnown?: (name: string) => boolean,
): string | undefined {
  const text = fields.text(key)?.trim();
  if (text === undefined || text === '') return undefined;
  const names = text
    .split('|')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const taken = names.find((name) => isKnown?.(name) === true) ?? names[0];
  if (names.length > 1) {
    const message = `${fields.place}.${key}: ${names.join(' or ')}: "${taken}" is taken, the tool picks any`;
    fields.warn('DR166', message, { hint: 'give one name' }, key);
  }
  return taken;
}

/** The animation under a key, with its length. */
export function readAnimation(
  fields: Fields,
  key: string,
  isKnown?: (name: string) => boolean,
): { name: string; duration?: number } | undefined {
  const name = oneName(fields, key, isKnown);
  const duration = fields.positive(`${key}_duration`);
  return name === undefined ? undefined : defined({ name, duration });
}
