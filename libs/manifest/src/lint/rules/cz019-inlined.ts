import { entriesOf, type MapNode, type Node, toValue } from '../../source/node.ts';
import { lookUp, refOf } from '../document.ts';
import { fixOf, replaceValue, written } from '../fix/edits.ts';
import { refsOf } from '../refs.ts';
import { by, defineRule } from '../rule.ts';

const MAX_TEXT = 20_000;

/** Everything is written where it is used: parsers of the cloud stumble over `$ref`. */
export const cz019 = defineRule(
  {
    id: 'CZ019',
    title: 'Everything is written where it is used, without $ref',
    stage: 'form',
    severity: by('off', 'warning', 'warning'),
    fixable: true,
  },
  {
    document({ node: root }, { document, report }) {
      for (const { ref, node, path, kind } of refsOf(root)) {
        // What leads nowhere is told of elsewhere.
        if (lookUp(root, ref) === undefined) continue;
        const value = inlined(root, node, new Set());
        const text = value === undefined ? '' : written(value);
        const fix =
          text === '' || text.length > MAX_TEXT || path[0] === 'components' || kind === 'pathItem'
            ? undefined
            : fixOf('Write it here', replaceValue(document, node, text));
        report({
          path: [...path, '$ref'],
          message: `$ref ${JSON.stringify(ref)} is not understood by every Coze; write what it leads to here`,
          fix,
        });
      }
    },
  },
);

/** The value without `$ref`s; nothing when one leads nowhere or in a circle. */
function inlined(root: Node, node: Node, above: ReadonlySet<string>): unknown {
  const ref = refOf(node);
  if (ref !== undefined) {
    const target = lookUp(root, ref);
    if (target === undefined || above.has(ref)) return undefined;
    return inlined(root, target.node, new Set([...above, ref]));
  }
  if (node.kind === 'scalar') return toValue(node);
  const parts: [string, Node][] =
    node.kind === 'list'
      ? node.items.map((item, index) => [String(index), item])
      : entriesOf(node as MapNode).map(([key, { value }]) => [key, value]);
  const values = parts.map(([key, part]) => [key, inlined(root, part, above)] as const);
  if (values.some(([, value]) => value === undefined)) return undefined;
  return node.kind === 'list' ? values.map(([, value]) => value) : Object.fromEntries(values);
}
