import { TextStyle } from './schema/text-clips.ts';
import type { ClipOf } from './schema.ts';

type Style = NonNullable<ClipOf<'text'>['style']>;

const properties = TextStyle.properties as Record<string, { default?: unknown }>;

/**
 * A style without what the schema gives a text anyway. Not for tracks with `captions` or `defaults`, on which a text
 * that says nothing looks otherwise.
 */
export function withoutStyleDefaults(style: Style): Style {
  const said = Object.entries(style).filter(([key, value]) => !isSame(value, properties[key]?.default));
  return Object.fromEntries(said);
}

/** The case of a colour means nothing. */
function isSame(value: unknown, fallback: unknown): boolean {
  const isText = typeof value === 'string' && typeof fallback === 'string';
  return isText ? value.toLowerCase() === fallback.toLowerCase() : value === fallback;
}
