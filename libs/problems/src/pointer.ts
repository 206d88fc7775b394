/** A key of an object or an index of an array. */
export type PathSegment = string | number;

/** Writes a path as an RFC 6901 JSON pointer; the empty path is `""`. */
export function formatPointer(path: readonly PathSegment[]): string {
  return path.map((segment) => `/${typeof segment === 'number' ? segment : escapeKey(segment)}`).join('');
}

/** Splits an RFC 6901 JSON pointer into keys; array indexes stay text. */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  const parts = pointer.slice(1).split('/');
  if (!pointer.includes('~')) return parts;
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escapeKey(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}
