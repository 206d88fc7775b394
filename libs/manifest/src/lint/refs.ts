import type { PathSegment } from '@cozecut/problems';
import { child, entriesOf, type Node } from '../source/node.ts';
import { refOf } from './document.ts';
import { type Field, GRAMMAR, type Kind, REFERABLE } from './grammar.ts';
import { childrenOf } from './walk.ts';

/** One `$ref` of a document. */
export interface RefUse {
  ref: string;
  kind: Kind;
  node: Node;
  /** Path of the object that is written as `$ref`. */
  path: readonly PathSegment[];
}

/** Every `$ref` that the server resolves, also where it checks nothing else. */
export function refsOf(root: Node): RefUse[] {
  const found: RefUse[] = [];
  if (root.kind === 'map') collect(root, 'document', [], new Set(), found);
  return found;
}

function collect(
  node: Node,
  kind: Kind,
  path: readonly PathSegment[],
  inside: Set<Node>,
  found: RefUse[],
): void {
  if (node.kind !== 'map' || inside.has(node)) return;
  const ref = refOf(node);
  if (ref !== undefined && (REFERABLE.has(kind) || kind === 'pathItem')) {
    found.push({ ref, kind, node, path });
    if (kind !== 'pathItem') return;
  }
  inside.add(node);
  for (const inner of childrenOf(node, kind, path))
    collect(inner.node, inner.kind, inner.path, inside, found);
  const callbacks = kind === 'operation' ? entriesOf(child(node, 'callbacks')) : [];
  for (const [name, { value }] of callbacks) {
    for (const [expression, entry] of entriesOf(value)) {
      collect(entry.value, 'pathItem', [...path, 'callbacks', name, expression], inside, found);
    }
  }
  inside.delete(node);
}

/**
 * What stands at a path as far as the path says: a kind, `other` for what is no object of a kind, nothing where
 * anything may stand, as below a key of an author.
 */
export function kindAt(path: readonly string[]): Kind | 'other' | undefined {
  let kind: Kind = 'document';
  for (let at = 0; at < path.length; at++) {
    const field = path[at]!;
    if (field.startsWith('x-')) return undefined;
    const what: Field | undefined = GRAMMAR[kind][field];
    if (what === undefined) return undefined;
    if (!('of' in what))
      return what.type === 'any' || what.type === 'anyMap' || what.type === 'anys' ? undefined : 'other';
    // A list or map of objects is none itself.
    if (what.in !== 'one' && ++at >= path.length) return 'other';
    kind = what.of;
  }
  return kind;
}
