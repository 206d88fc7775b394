/** A key of an object or an index of an array. */
export type PathSegment = string | number;

/** Writes a path as an RFC 6901 JSON pointer; the empty path is `""`. */
export function formatPointer(path: readonly PathSegment[]): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Splits an RFC 6901 JSON pointer into keys; array indexes stay text. */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
