import { formatPointer, type Location, type PathSegment } from '@cozecut/problems';
import type { Node, ValueOrigin } from '../source/node.ts';
import { toLocation } from '../source/source-file.ts';

/** Where each value of a resolved manifest was written, by JSON pointer. A value without an entry is built in. */
export type Origins = ReadonlyMap<string, Location>;

/** The origins of all values of a tree. */
export function originsOf(root: Node): Origins {
  const origins = new Map<string, Location>();
  for (const { pointer, node } of nodesOf(root)) {
    if (node.place !== undefined && pointer !== '') origins.set(pointer, toLocation(node.place));
  }
  return origins;
}

/** Pointers of the values that came from the environment. */
export function environmentValues(root: Node): ReadonlySet<string> {
  const found = nodesOf(root).filter(({ node }) => node.kind === 'scalar' && node.env === 'set');
  return new Set(found.map(({ pointer }) => pointer));
}

/** What the values of a tree came from that stand above the manifest, by JSON pointer. */
export function originsAbove(root: Node): ReadonlyMap<string, ValueOrigin> {
  const found = nodesOf(root).flatMap(({ pointer, node }) =>
    node.origin === undefined ? [] : [[pointer, node.origin] as const],
  );
  return new Map(found);
}

/** Every node of a tree with its pointer, children before their parents. */
function nodesOf(node: Node, path: readonly PathSegment[] = []): { pointer: string; node: Node }[] {
  const here = { pointer: formatPointer(path), node };
  if (node.kind === 'list')
    return [...node.items.flatMap((item, index) => nodesOf(item, [...path, index])), here];
  if (node.kind === 'map') {
    return [...[...node.entries].flatMap(([key, { value }]) => nodesOf(value, [...path, key])), here];
  }
  return [here];
}
