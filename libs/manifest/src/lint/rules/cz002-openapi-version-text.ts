import { showValue } from '@cozecut/problems';
import { child, toValue } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { has, textAt } from '../spot.ts';
import { misreadsOf } from './misread.ts';

/** `openapi` is a text that is not empty. */
export const cz002 = defineRule(
  {
    id: 'CZ002',
    title: 'openapi is a quoted text such as "3.0.1"',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    document({ node }, context) {
      const { document } = context;
      const value = child(node, 'openapi');
      const [misread] = misreadsOf('CZ002', context);
      const hint = 'openapi: "3.0.1"';
      const fix =
        value === undefined
          ? has(node, 'swagger')
            ? undefined
            : fixOf('Add openapi: "3.0.1"', insertKey(document, node, 'openapi', written('3.0.1')))
          : fixOf('Write "3.0.1"', replaceValue(document, value, written('3.0.1')));
      if (misread !== undefined) {
        const message = `openapi must be a text in quotes (got ${showValue(misread.value)})`;
        context.report({
          path: ['openapi'],
          message,
          hint,
          predicted: misread.predicted,
          phase: 'load',
          fix,
        });
      } else if (textAt(node, 'openapi') === '') {
        context.report({
          path: ['openapi'],
          message: `openapi must be a text such as "3.0.1" (got ${showValue(value === undefined ? undefined : toValue(value))})`,
          hint: has(node, 'swagger') ? 'This is a Swagger 2 document: convert it to OpenAPI 3.0 first' : hint,
          predicted: 'value of openapi must be a non-empty string',
          fix,
        });
      }
    },
  },
);
