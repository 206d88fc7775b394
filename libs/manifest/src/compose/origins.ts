import { formatPointer, type Location, type PathSegment } from '@cozecut/problems';
import type { Node } from '../source/node.ts';
import { toLocation } from '../source/source-file.ts';

/** Where each value of a resolved manifest was written, by JSON pointer. A value without an entry is built in. */
export type Origins = ReadonlyMap<string, Location>;

/** The origins of all values of a tree. */
export function originsOf(root: Node): Origins {
  const origins = new Map<string, Location>();
  const visit = (node: Node, path: readonly PathSegment[]): void => {
    if (node.kind === 'list') for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    if (node.kind === 'map') for (const [key, entry] of node.entries) visit(entry.value, [...path, key]);
    if (node.place !== undefined && path.length > 0) origins.set(formatPointer(path), toLocation(node.place));
  };
  visit(root, []);
  return origins;
}
