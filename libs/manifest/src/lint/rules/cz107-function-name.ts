import { showValue } from '@cozecut/problems';
import { child, textOf, toValue } from '../../source/node.ts';
import { fixOf, insertKey, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { operationName, operationsOf, textAt } from '../spot.ts';

const MAX_NAME = 30;

/** Every tool of a local plugin says its function. */
export const cz107 = defineRule(
  {
    id: 'CZ107',
    title: 'Every operation of a local plugin has an x-functionName of its own',
    stage: 'run',
    severity: by('off', 'off', 'error'),
    fixable: true,
  },
  {
    operation(spot, { document, report }) {
      const { node } = spot;
      const path = [...spot.path, 'x-functionName'];
      const value = child(node, 'x-functionName');
      const name = textOf(value) ?? '';
      if (name === '') {
        const id = textAt(node, 'operationId');
        report({
          path,
          message: `${operationName(spot)} needs an x-functionName (got ${showValue(value === undefined ? undefined : toValue(value))}): a local plugin calls the tool by it`,
          fix:
            value === undefined && id !== '' && id.length <= MAX_NAME
              ? fixOf('Take the operationId', insertKey(document, node, 'x-functionName', written(id)))
              : undefined,
        });
        return;
      }
      if (name.length > MAX_NAME) {
        report({
          path,
          message: `x-functionName must have at most ${MAX_NAME} characters (got ${name.length})`,
        });
      }
    },
    leave: {
      document({ node: root }, { report }) {
        const first = new Map<string, string>();
        const ordered = operationsOf(root).toSorted(
          (a, b) => (a.node.place?.start ?? 0) - (b.node.place?.start ?? 0),
        );
        for (const { node, path, method, urlPath } of ordered) {
          const name = textAt(node, 'x-functionName');
          const before = first.get(name);
          if (name !== '' && before === undefined) first.set(name, `${method} ${urlPath}`);
          if (before === undefined) continue;
          const message = `the x-functionName "${name}" is already that of ${before}`;
          report({ path: [...path, 'x-functionName'], message });
        }
      },
    },
  },
);
