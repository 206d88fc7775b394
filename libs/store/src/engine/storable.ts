/** A value as both engines keep it: PostgreSQL has no character 0 in its texts. */
export function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
