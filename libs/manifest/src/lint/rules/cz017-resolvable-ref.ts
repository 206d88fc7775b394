import { closest, formatPointer } from '@cozecut/problems';
import { child, entriesOf, type Node } from '../../source/node.ts';
import { lookUp, refOf, refPath, resolveRef } from '../document.ts';
import { GRAMMAR, type Kind, kindName } from '../grammar.ts';
import { kindAt, refsOf } from '../refs.ts';
import { by, defineRule } from '../rule.ts';
import { quote } from '../server/go.ts';
import type { Context } from '../types.ts';

/** Every `$ref` leads to something in the same document. */
export const cz017 = defineRule(
  {
    id: 'CZ017',
    title: 'Every $ref leads to something in the same document',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    document({ node: root }, { report }) {
      for (const { ref, path, kind } of refsOf(root)) {
        const at = [...path, '$ref'];
        if (!ref.includes('#') || !ref.startsWith('#')) {
          report({
            path: at,
            message: `$ref must lead to a place in this document (got ${JSON.stringify(ref)})`,
            hint: 'Write the schema here, or under components.schemas',
            predicted: `encountered disallowed external reference: ${quote(ref)}`,
            phase: 'load',
          });
          continue;
        }
        const found = lookUp(root, ref);
        if (found === undefined) report(unresolved(root, ref, at));
        else if (found.node.kind !== 'map' || isAnother(refPath(ref) ?? [], kind))
          report(notObject(ref, at, kind));
      }
    },
  },
);

/** Whether a path leads to an object of another kind. */
function isAnother(path: readonly string[], kind: Kind): boolean {
  const there = kindAt(path);
  return there !== undefined && there !== kind;
}

function notObject(ref: string, path: readonly (string | number)[], kind: Kind) {
  return {
    path,
    message: `$ref ${JSON.stringify(ref)} leads to something that is not a ${kindName(kind)}`,
    predicted: `bad data in ${quote(ref)} (expecting ref to ${kindName(kind)} object)`,
    phase: 'load' as const,
  };
}

function unresolved(
  root: Node,
  ref: string,
  path: readonly (string | number)[],
): Parameters<Context['report']>[0] {
  const parts = refPath(ref);
  if (parts === undefined) {
    const predicted = `expected fragment prefix '#/' in URI ${quote(ref)}`;
    return {
      path,
      message: `$ref must start with #/ (got ${JSON.stringify(ref)})`,
      predicted,
      phase: 'load',
    };
  }
  let node: Node | undefined = root;
  let at = 0;
  for (; at < parts.length; at++) {
    const inner: Node | undefined = child(node, parts[at]!);
    if (inner === undefined) break;
    const through = refOf(inner);
    node = through === undefined ? inner : (resolveRef(root, through)?.node ?? inner);
  }
  const missing = parts[at] ?? '';
  const known = entriesOf(node).map(([key]) => key);
  const before = formatPointer(parts.slice(0, at));
  return {
    path,
    message: `$ref ${JSON.stringify(ref)} leads nowhere: there is no "${missing}" in #${before}`,
    suggestions: closest(missing, known).map(
      (name) => `#${formatPointer([...parts.slice(0, at), name, ...parts.slice(at + 1)])}`,
    ),
    predicted: failedWords(root, ref, parts, at),
    phase: 'load',
  };
}

/** What the server says depends on what it was looking into: an object with fields, a map or a list. */
function failedWords(root: Node, ref: string, parts: readonly string[], at: number): string {
  const [first, second] = parts;
  const failed = (part: string, why: string) =>
    `failed to resolve ${quote(part)} in fragment in URI: ${quote(ref)}: ${why}`;
  if (first === 'components') {
    // Components that are not there are looked into, and have nothing to look into.
    if (child(root, 'components') === undefined) return failed(second ?? '', 'not a map, slice nor struct');
    const isGroup = second !== undefined && Object.hasOwn(GRAMMAR.components, second);
    if (isGroup && at <= 2) return failed(parts[2] ?? '', `map key ${quote(parts[2] ?? '')} not found`);
    if (!isGroup && at <= 1) return failed(second ?? '', `struct field ${quote(second ?? '')} not found`);
  }
  const part = parts[at] ?? '';
  const isMap = at === 1 && first === 'paths';
  return failed(part, `${isMap ? 'map key' : 'struct field'} ${quote(part)} not found`);
}
