import { type PathSegment, parsePointer } from '@cozecut/problems';
import { child, type MapNode, type Node, textOf } from '../source/node.ts';
import type { Place, SourceFile } from '../source/source-file.ts';
import type { ToolField } from './server/fields.ts';
import type { Misread } from './server/misreads.ts';
import type { DuplicateKey } from './source-json.ts';

/** Something that a `$ref` leads to. */
export interface Target {
  node: Node;
  path: readonly PathSegment[];
}

/** A document that was read. */
export interface Document {
  root: Node;
  /** The text it was read from; none for one that was made by a program. */
  file: SourceFile | undefined;
  isJson: boolean;
  /** Whether the text began with a byte order mark, which offsets of edits count. */
  hasMark: boolean;
  /** Where YAML aliases are used. */
  aliases: readonly Place[];
  /** Maps that take keys from another one with `<<`. */
  merges: readonly Place[];
  /** Where a second YAML document starts. */
  second: Place | undefined;
  /** Keys of JSON that are written twice. */
  duplicates: readonly DuplicateKey[];
  /** Values of a type that the server cannot read. */
  misreads: readonly Misread[];
  /** Fields of operations that were collected before: many rules look at them. */
  fields: Map<Node, readonly ToolField[]>;
}

/** Path that a local `$ref` names; nothing for another file or address. */
export function refPath(ref: string): string[] | undefined {
  if (!ref.startsWith('#/')) return undefined;
  const pointer = ref.slice(1);
  try {
    return parsePointer(decodeURIComponent(pointer));
  } catch {
    return parsePointer(pointer);
  }
}

/** The text of a `$ref`, when the node is one. */
export function refOf(node: Node | undefined): string | undefined {
  const ref = node?.kind === 'map' ? textOf(child(node, '$ref')) : undefined;
  return ref === '' ? undefined : ref;
}

/** What a `$ref` names, through other ones; nothing when it leads nowhere or in a circle. */
export function resolveRef(root: Node, ref: string): Target | undefined {
  const seen = new Set<string>();
  for (let at: string | undefined = ref; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const found = lookUp(root, at);
    if (found === undefined) return undefined;
    at = refOf(found.node);
    if (at === undefined) return found;
  }
  return undefined;
}

/** What one `$ref` names, which may be a `$ref` again. */
export function lookUp(root: Node, ref: string): Target | undefined {
  const path = refPath(ref);
  if (path === undefined) return undefined;
  const known: string[] = [];
  let node: Node | undefined = root;
  for (const part of path) {
    const inner: Node | undefined = child(node, part);
    const through: string | undefined = inner === undefined ? refOf(node) : undefined;
    node = inner ?? (through === undefined ? undefined : child(resolveRef(root, through)?.node, part));
    if (node === undefined) return undefined;
    known.push(part);
  }
  return { node, path: known };
}

/** A map, itself or what its `$ref` leads to, with the path it is written at. */
export function follow(
  document: Document,
  node: Node | undefined,
  path: readonly PathSegment[],
): { node: MapNode; path: readonly PathSegment[] } | undefined {
  const ref = refOf(node);
  const target = ref === undefined ? { node, path } : resolveRef(document.root, ref);
  return target?.node?.kind === 'map' ? { node: target.node, path: target.path } : undefined;
}
