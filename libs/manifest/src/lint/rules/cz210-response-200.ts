import { child, entriesOf } from '../../source/node.ts';
import { fixOf, removeKey, renameKey } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { has, operationName, placedAt } from '../spot.ts';
import { misreadsOf, reportMisreads } from './misread.ts';

/** An operation answers 200, and documents nothing else but `default`. */
export const cz210 = defineRule(
  {
    id: 'CZ210',
    title: 'responses has 200 and nothing else but default',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    source: (context) => reportMisreads('CZ210', context),
    operation(spot, context) {
      const { node, path, prefix } = spot;
      const { document, report } = context;
      const at = [...path, 'responses'];
      const responses = child(node, 'responses');
      if (!has(node, 'responses')) {
        report({
          path: at,
          message: `${operationName(spot)} must have responses`,
          predicted: `${prefix}value of responses must be an object`,
        });
        return;
      }
      if (responses?.kind !== 'map') {
        if (misreadsOf('CZ210', context).length === 0)
          report({ path: at, message: 'responses must be a map' });
        return;
      }
      const names = entriesOf(responses).map(([name]) => name);
      if (names.length === 0) {
        report({
          path: at,
          message: 'responses must have an entry 200',
          predicted: `${prefix}the responses object MUST contain at least one response code`,
        });
        return;
      }
      const surplus = names.filter((name) => name !== '200' && name !== 'default');
      const refused = { predicted: "response only supports '200' status", phase: 'plugin' } as const;
      if (!names.includes('200')) {
        const success = surplus.find((name) => /^2\d\d$|^2XX$/i.test(name));
        const other = surplus.length === 1 ? success : undefined;
        report({
          path: success === undefined ? at : [...at, success],
          part: 'key',
          message: `${operationName(spot)} must answer 200 (got ${names.join(', ')})`,
          hint: 'Coze takes every other status for a failed call',
          ...refused,
          fix:
            other === undefined
              ? undefined
              : fixOf('Write "200"', renameKey(document, responses.entries.get(other), '200')),
        });
        return;
      }
      // One status beside 200 that is not default is refused, and so are two or more of any kind.
      if (surplus.length === 0) return;
      report({
        path: [...at, surplus[0]!],
        part: 'key',
        message: `responses must have nothing but 200 and default (got ${names.join(', ')})`,
        hint: 'Tell of failures in fields of the 200 answer',
        ...refused,
        fix:
          placedAt(document, spot, 'responses', '200') === undefined
            ? undefined
            : fixOf('Remove the others', ...surplus.map((name) => removeKey(document, responses, name))),
      });
    },
  },
);
