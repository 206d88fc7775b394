import { child, toValue } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { quote } from '../server/go.ts';
import { operationName, operationsOf, textAt } from '../spot.ts';
import { reportMisreads } from './misread.ts';
import { freeOperationId } from './operation-id.ts';

/** Every operation has an operationId of its own: it is the name of the tool. */
export const cz104 = defineRule(
  {
    id: 'CZ104',
    title: 'Every operation has an operationId of its own',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    source: (context) => reportMisreads('CZ104', context),
    operation(spot, { document, report }) {
      const { node, path } = spot;
      const value = child(node, 'operationId');
      if (textAt(node, 'operationId') !== '') return;
      if (value !== undefined && ![null, ''].includes(toValue(value) as null)) return;
      const id = freeOperationId(document.root, operationName(spot));
      report({
        path: [...path, 'operationId'],
        message: `${operationName(spot)} needs an operationId: it is the name of the tool`,
        predicted: 'operationID is required',
        phase: 'plugin',
        fix: fixOf(
          `Add operationId: ${id}`,
          value === undefined
            ? insertKey(document, node, 'operationId', written(id))
            : replaceValue(document, value, written(id)),
        ),
      });
    },
    leave: {
      document({ node: root }, { report }) {
        const first = new Map<string, string>();
        for (const { node, path, urlPath, method } of operationsOf(root).toSorted(byPlace)) {
          const id = textAt(node, 'operationId');
          const place = `${method} ${urlPath}`;
          const before = first.get(id);
          if (id === '') continue;
          if (before === undefined) {
            first.set(id, place);
            continue;
          }
          const [one, two] = [before, place].toSorted();
          report({
            path: [...path, 'operationId'],
            message: `the operationId "${id}" of ${place} is already that of ${before}`,
            predicted: `invalid paths: operations ${quote(one!)} and ${quote(two!)} have the same operation id ${quote(id)}`,
          });
        }
      },
    },
  },
);

/** In the order of the text, when there is one: the later of two is the one that is wrong. */
function byPlace(
  a: ReturnType<typeof operationsOf>[number],
  b: ReturnType<typeof operationsOf>[number],
): number {
  return (a.node.place?.start ?? 0) - (b.node.place?.start ?? 0);
}
