import { formatPointer } from '@cozecut/problems';
import type { Node } from '../../source/node.ts';
import { lookUp, refOf } from '../document.ts';
import { refsOf } from '../refs.ts';
import { by, defineRule } from '../rule.ts';
import { childrenOf } from '../walk.ts';

/** No schema contains itself: reading it takes the server down. */
export const cz018 = defineRule(
  {
    id: 'CZ018',
    title: 'No $ref leads back to what contains it',
    stage: 'crash',
    severity: by('error', 'error', 'error'),
  },
  {
    document({ node: root }, { report }) {
      const known: Known = new Map();
      for (const { ref, path, kind } of refsOf(root)) {
        if (kind !== 'schema' || !leadsTo(root, ref, formatPointer(path), known)) continue;
        report({
          path: [...path, '$ref'],
          message: `$ref ${JSON.stringify(ref)} leads back to a schema that contains it; the server dies on it`,
          hint: 'Write the levels that you need one inside the other, or send the value as JSON text',
          predicted: 'stack overflow',
          phase: 'load',
        });
      }
    },
  },
);

/** What a `$ref` names: its place, and the `$ref`s in it. */
type Known = Map<string, { pointer: string; inner: string[] } | undefined>;

/** Whether what a `$ref` names contains, directly or through other ones, the place of that `$ref`. */
function leadsTo(root: Node, ref: string, place: string, known: Known): boolean {
  const seen = new Set<string>();
  const open = [ref];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (!known.has(next)) {
      const target = lookUp(root, next);
      known.set(
        next,
        target && { pointer: formatPointer(target.path), inner: innerRefs(target.node, new Set()) },
      );
    }
    const found = known.get(next);
    if (found === undefined) continue;
    if (place === found.pointer || place.startsWith(`${found.pointer}/`)) return true;
    open.push(...found.inner);
  }
  return false;
}

function innerRefs(node: Node, above: ReadonlySet<Node>): string[] {
  const ref = refOf(node);
  if (ref !== undefined) return [ref];
  if (node.kind !== 'map' || above.has(node)) return [];
  const inside = new Set([...above, node]);
  return childrenOf(node, 'schema', []).flatMap((inner) =>
    inner.kind === 'schema' ? innerRefs(inner.node, inside) : [],
  );
}
