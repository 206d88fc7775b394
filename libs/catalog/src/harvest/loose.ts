/** A map of a draft, whose values may be anything. */
export type Loose = Readonly<Record<string, unknown>>;

/** A value as a map; an empty one when it is none. */
export function mapOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};
}

/** The maps of a list; nothing when it is no list. */
export function mapsOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.map(mapOf) : [];
}

/** A text that says something, without blanks around it. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
