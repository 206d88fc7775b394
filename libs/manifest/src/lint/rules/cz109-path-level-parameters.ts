import { child, itemsOf, toValue } from '../../source/node.ts';
import { fixOf, insertKey, removeKey, written } from '../fix/edits.ts';
import { METHODS } from '../grammar.ts';
import { by, defineRule } from '../rule.ts';
import { pathVariables } from '../server/template.ts';
import { has, parametersOf, textAt } from '../spot.ts';
import type { Context, Spot } from '../types.ts';

/** Parameters stand in their operation: those of a path are ignored when the tool is called. */
export const cz109 = defineRule(
  {
    id: 'CZ109',
    title: 'Parameters stand in their operation, not in the path',
    stage: 'run',
    severity: by('error', 'error', 'warning'),
    fixable: true,
  },
  {
    pathItem(spot, context) {
      const parameters = itemsOf(child(spot.node, 'parameters'));
      if (parameters.length === 0) return;
      context.report({
        path: [...spot.path, 'parameters'],
        part: 'key',
        message: 'parameters of a path are ignored when a tool is called',
        hint: 'Move them into each operation of the path',
        fix: moveDown(spot, context),
      });
    },
  },
);

/** Moving is certain when no operation has parameters of its own and the moved ones are those of the path. */
function moveDown({ node, key }: Spot, { document }: Context) {
  const operations = METHODS.flatMap((method) => {
    const operation = child(node, method);
    return operation?.kind === 'map' ? [operation] : [];
  });
  const list = child(node, 'parameters');
  const placed = parametersOf(document, { node, path: [] });
  const names = placed.map((item) => textAt(item.node, 'name'));
  const isKnown = placed.every(
    (item) => textAt(item.node, 'in') !== 'path' || pathVariables(key).includes(textAt(item.node, 'name')),
  );
  const isFree = operations.every(
    (operation) => !has(operation, 'parameters') && !has(operation, 'requestBody'),
  );
  if (
    list === undefined ||
    operations.length === 0 ||
    !isFree ||
    !isKnown ||
    new Set(names).size < names.length
  )
    return undefined;
  const text = written(toValue(list));
  return fixOf(
    'Move them into the operations',
    removeKey(document, node, 'parameters'),
    ...operations.map((operation) => insertKey(document, operation, 'parameters', text)),
  );
}
