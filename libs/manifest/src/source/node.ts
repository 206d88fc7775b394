import { formatPointer, type Location, type PathSegment, type Problem } from '@cozecut/problems';
import { type Place, toLocation } from './source-file.ts';

/**
 * One typed tree carries a manifest from the text to the resolved plugin. Every node remembers where it was written,
 * also across included files, `$ref`s and merges; a node without a place is a built-in value, or
 * has an origin above the manifest.
 */
export type Node = MapNode | ListNode | ScalarNode;

/** What a value came from that stands above the manifest. */
export interface ValueOrigin {
  /** `env COZECUT_TIMEOUT`, `flag --port`. */
  readonly name: string;
  /** Where it is written, when that is a file such as `.env`. */
  readonly location?: Location;
}

/** Keys and values in the order in which they were written. */
export interface MapNode {
  readonly kind: 'map';
  readonly place?: Place | undefined;
  readonly origin?: ValueOrigin;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** One key of a map. */
export interface Entry {
  readonly key?: Place | undefined;
  readonly value: Node;
}

/** The items of a sequence. */
export interface ListNode {
  readonly kind: 'list';
  readonly place?: Place | undefined;
  readonly origin?: ValueOrigin;
  readonly items: readonly Node[];
}

/** A value without children. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly place?: Place | undefined;
  readonly origin?: ValueOrigin;
  readonly value: string | number | boolean | null;
  /**
   * `set`: the value came from `${env:…}`; `pending`: it holds a reference that was not replaced, so that its text
   * says nothing about the value.
   */
  readonly env?: 'set' | 'pending';
}

/** What part of an entry a problem is about. */
export type Part = 'key' | 'value';

/** The plain value of a node. Keys such as `__proto__` become ordinary own properties. */
export function toValue(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toValue);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, toValue(entry.value)]));
}

/** A tree without places for a plain value; every node of it has the origin, when one is given. */
export function fromValue(value: unknown, origin?: ValueOrigin): Node {
  const from = origin === undefined ? {} : { origin };
  if (Array.isArray(value)) {
    return { kind: 'list', items: value.map((item) => fromValue(item, origin)), ...from };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, { value: fromValue(item, origin) }] as const,
    );
    return { ...mapOf(entries), ...from };
  }
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { kind: 'scalar', value: scalar ? value : null, ...from };
}

/** A map of entries, optionally at a place. */
export function mapOf(entries: Iterable<readonly [string, Entry]>, place?: Place): MapNode {
  return { kind: 'map', place, entries: new Map(entries) };
}

/** The child of a map or list, when there is one. */
export function child(node: Node | undefined, segment: PathSegment): Node | undefined {
  if (node?.kind === 'map') return node.entries.get(String(segment))?.value;
  if (node?.kind === 'list') return /^\d+$/.test(String(segment)) ? node.items[Number(segment)] : undefined;
  return undefined;
}

/** The node at a path. */
export function nodeAt(root: Node | undefined, path: readonly PathSegment[]): Node | undefined {
  return path.reduce<Node | undefined>(child, root);
}

/** The text of a scalar, when the node is one. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The items of a list node; none for anything else. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The entries of a map node; none for anything else. */
export function entriesOf(node: Node | undefined): readonly (readonly [string, Entry])[] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/**
 * Where something at a path is written. A path that leads nowhere gives the nearest place above it: for a missing
 * key that is the key of the map it is missing in.
 */
export function placeOf(root: Node, path: readonly PathSegment[], part: Part): Place | undefined {
  let node: Node = root;
  let key: Place | undefined;
  let best: Place | undefined = firstOf(root);
  for (const [index, segment] of path.entries()) {
    const next = child(node, segment);
    if (next === undefined) return best;
    key = node.kind === 'map' ? node.entries.get(String(segment))?.key : undefined;
    node = next;
    best = key ?? firstOf(node) ?? best;
    if (index === path.length - 1 && part === 'value') return valuePlace(node) ?? best;
  }
  return best;
}

/** A problem about something at a path of a tree, with its place. */
export function problemAt(
  root: Node,
  path: readonly PathSegment[],
  part: Part,
  problem: Omit<Problem, 'pointer' | 'location'>,
): Problem {
  const place = placeOf(root, path, part);
  return {
    ...problem,
    pointer: formatPointer(path),
    ...(place === undefined ? {} : { location: toLocation(place) }),
  };
}

/** Location of a node, when it was written somewhere. */
export function locationOf(node: Node): Location | undefined {
  return node.place === undefined ? undefined : toLocation(node.place);
}

/** An empty value (`key:`) has no characters of its own; its key is shown instead. */
function valuePlace(node: Node): Place | undefined {
  return node.place !== undefined && node.place.end > node.place.start ? node.place : undefined;
}

/** The start of a collection, so that an error about a whole map does not mark all of it. */
function firstOf(node: Node): Place | undefined {
  const { place } = node;
  if (place === undefined || node.kind === 'scalar') return place;
  const lineEnd = place.file.text.indexOf('\n', place.start);
  const end = lineEnd === -1 ? place.end : Math.min(place.end, lineEnd);
  return { ...place, end };
}
