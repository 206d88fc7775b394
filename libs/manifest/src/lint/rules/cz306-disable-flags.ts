import { showValue } from '@cozecut/problems';
import { child, toValue } from '../../source/node.ts';
import { fixOf, replaceValue } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { toolFields } from '../server/fields.ts';
import { goType } from '../server/go.ts';
import { operationName } from '../spot.ts';

/** The switches of a field are true or false: anything else takes the server down. */
export const cz306 = defineRule(
  {
    id: 'CZ306',
    title: 'x-global-disable and x-local-disable are true or false',
    stage: 'crash',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    operation(spot, { document, report }) {
      for (const { side, node, path } of toolFields(document, spot)) {
        for (const key of ['x-local-disable', 'x-global-disable']) {
          const switched = child(node, key);
          const value = switched === undefined ? true : toValue(switched);
          if (switched === undefined || typeof value === 'boolean') continue;
          const meant = /^(true|false)$/i.exec(String(value))?.[0].toLowerCase();
          report({
            path: [...path, key],
            message: `${key} must be true or false (got ${showValue(value)}); the server panics on anything else`,
            // Answers are read in another way, and break only when the tool is called.
            ...(side === 'response'
              ? { stage: 'run' as const }
              : {
                  predicted: `panic: interface conversion: interface {} is ${goType(value)}, not bool`,
                  phase: 'tools' as const,
                  operation: operationName(spot),
                }),
            fix:
              meant === undefined
                ? undefined
                : fixOf(`Write ${meant}`, replaceValue(document, switched, meant)),
          });
        }
      }
    },
  },
);
