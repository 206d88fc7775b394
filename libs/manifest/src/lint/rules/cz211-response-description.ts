import { child } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { has } from '../spot.ts';

/** Every response has a description, if only an empty one. */
export const cz211 = defineRule(
  {
    id: 'CZ211',
    title: 'Every response has a description',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    response({ node, path, prefix, key }, { document, report }) {
      if (has(node, 'description')) return;
      const value = child(node, 'description');
      const text = written(key === '200' ? 'Result of the call' : 'Anything else');
      report({
        path: [...path, 'description'],
        message: `the response ${key} must have a description`,
        predicted: `${prefix}a short description of the response is required`,
        fix: fixOf(
          'Add a description',
          value === undefined
            ? insertKey(document, node, 'description', text)
            : replaceValue(document, value, text),
        ),
      });
    },
  },
);
