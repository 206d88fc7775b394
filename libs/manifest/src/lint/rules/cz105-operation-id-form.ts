import { by, defineRule } from '../rule.ts';
import { textAt } from '../spot.ts';

/** The operationId can be the name of a tool. */
export const cz105 = defineRule(
  {
    id: 'CZ105',
    title: 'operationId matches [a-zA-Z0-9_]{1,30}',
    stage: 'form',
    severity: by('warning', 'error', 'error'),
  },
  {
    operation({ node, path }, { report }) {
      const id = textAt(node, 'operationId');
      if (id === '' || /^[a-zA-Z0-9_]{1,30}$/.test(id)) return;
      report({
        path: [...path, 'operationId'],
        message: `operationId must be 1 to 30 letters, digits and _ (got "${id}"${id.length > 30 ? `, ${id.length} characters` : ''})`,
      });
    },
  },
);
