import { by, defineRule } from '../rule.ts';
import { isDisabled, toolFields } from '../server/fields.ts';
import { has } from '../spot.ts';

/** What is hidden from the model and required has a default. */
export const cz308 = defineRule(
  {
    id: 'CZ308',
    title: 'A required field that is hidden from the model has a default',
    stage: 'run',
    severity: by('warning', 'error', 'error'),
  },
  {
    operation(spot, { document, report }) {
      for (const { side, node, path, name, required, isItem } of toolFields(document, spot)) {
        if (side === 'response' || isItem || !required || !isDisabled(node)) continue;
        if (has(node, 'default') || has(node, 'x-variable-ref')) continue;
        report({
          path,
          part: 'key',
          message: `"${name}" is required and hidden from the model, so that nobody can give it`,
          hint: 'Give it a default or an x-variable-ref, or take it out of "required"',
        });
      }
    },
  },
);
