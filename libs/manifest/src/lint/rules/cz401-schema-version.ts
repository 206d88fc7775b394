import { showValue } from '@cozecut/problems';
import { child, toValue } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';

/** The manifest says the version of its form. */
export const cz401 = defineRule(
  {
    id: 'CZ401',
    title: 'schema_version is v1',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    manifest({ node }, { document, report }) {
      const value = child(node, 'schema_version');
      const version = value === undefined ? undefined : toValue(value);
      if (version === 'v1') return;
      const text = written('v1');
      report({
        path: ['schema_version'],
        message: `schema_version must be "v1" (got ${showValue(version)})`,
        predicted: `invalid schema version '${String(version ?? '')}'`,
        fix: fixOf(
          'Write "v1"',
          value === undefined
            ? insertKey(document, node, 'schema_version', text)
            : replaceValue(document, value, text),
        ),
      });
    },
  },
);
