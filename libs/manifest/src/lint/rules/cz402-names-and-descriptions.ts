import { showValue } from '@cozecut/problems';
import { child, toValue } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';

const FIELDS = ['name_for_model', 'name_for_human', 'description_for_model', 'description_for_human'];

/** The manifest names and describes the plugin, for people and for the model. */
export const cz402 = defineRule(
  {
    id: 'CZ402',
    title: 'The plugin has a name and a description, each for people and for the model',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    manifest({ node }, { report }) {
      for (const field of FIELDS) {
        const value = child(node, field);
        const text = value === undefined ? undefined : toValue(value);
        if (typeof text === 'string' && text !== '') continue;
        const isMissing = text === undefined || text === '' || text === null;
        report({
          path: [field],
          message: `${field} must be text${isMissing ? ' that is not empty' : ''} (got ${showValue(text)})`,
          predicted: isMissing ? `${field.replaceAll('_', ' ')} is required` : 'invalid plugin manifest',
          phase: isMissing ? 'validate' : 'load',
        });
      }
    },
  },
);
