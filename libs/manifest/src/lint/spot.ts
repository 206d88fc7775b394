import type { PathSegment } from '@cozecut/problems';
import { child, entriesOf, type MapNode, type Node, textOf } from '../source/node.ts';
import { type Document, follow } from './document.ts';
import { METHODS } from './grammar.ts';
import type { Spot } from './types.ts';

/** Text of a key, empty when there is none. */
export function textAt(node: Node | undefined, key: string): string {
  return textOf(child(node, key)) ?? '';
}

/** Whether a key is there with a value other than null. */
export function has(node: Node | undefined, key: string): boolean {
  const value = child(node, key);
  return value !== undefined && !(value.kind === 'scalar' && value.value === null);
}

/** Whether a key is true. */
export function isTrue(node: Node | undefined, key: string): boolean {
  const value = child(node, key);
  return value?.kind === 'scalar' && value.value === true;
}

/** A map with the path it is written at. */
export interface Placed {
  node: MapNode;
  path: readonly PathSegment[];
}

/** The map under a key, through `$ref`. */
export function placedAt(
  document: Document,
  { node, path }: Placed,
  ...keys: PathSegment[]
): Placed | undefined {
  let at: Placed | undefined = { node, path };
  for (const key of keys) {
    if (at === undefined) return undefined;
    at = follow(document, child(at.node, key), [...at.path, key]);
  }
  return at;
}

/** The entries of a map under a key, each through `$ref`. */
export function entriesAt(document: Document, place: Placed, key: string): [string, Placed][] {
  const map = child(place.node, key);
  return entriesOf(map).flatMap(([name, { value }]) => {
    const found = follow(document, value, [...place.path, key, name]);
    return found === undefined ? [] : [[name, found] as [string, Placed]];
  });
}

/** The parameters of an operation or path, through `$ref`. */
export function parametersOf(document: Document, { node, path }: Placed): Placed[] {
  const list = child(node, 'parameters');
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item, index) => follow(document, item, [...path, 'parameters', index]) ?? []);
}

/** Every operation of a document with its path and method. */
export function operationsOf(root: Node): (Placed & { urlPath: string; method: string })[] {
  return entriesOf(child(root, 'paths')).flatMap(([urlPath, { value }]) =>
    METHODS.flatMap((method) => {
      const node = child(value, method);
      return node?.kind === 'map'
        ? [{ node, path: ['paths', urlPath, method], urlPath, method: method.toUpperCase() }]
        : [];
    }),
  );
}

/** An operation in the words of the server: `POST /echo`. */
export function operationName({ path }: Pick<Spot, 'path'>): string {
  return `${String(path[2]).toUpperCase()} ${String(path[1])}`;
}

/** The media types of a body or response, in the order in which they are written. */
export function contentOf(node: Node | undefined): (readonly [string, Node])[] {
  return entriesOf(child(node, 'content')).map(([name, { value }]) => [name, value] as const);
}
