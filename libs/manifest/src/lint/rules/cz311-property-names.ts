import { by, defineRule } from '../rule.ts';
import { isDisabled, toolFields } from '../server/fields.ts';
import { parametersOf, textAt } from '../spot.ts';

const NAME = /^[\w-]+$/;

/** Properties have names that the form takes, and a description for the model. */
export const cz311 = defineRule(
  {
    id: 'CZ311',
    title: 'Fields are named by letters, digits, _ and -, and are described',
    stage: 'form',
    severity: by('warning', 'warning', 'warning'),
  },
  {
    operation(spot, { document, report }) {
      for (const { side, node, path, name, isItem } of toolFields(document, spot)) {
        if (isItem || side === 'parameter') continue;
        if (!NAME.test(name)) {
          const message = `the name of a field must be letters, digits, _ and - (got ${JSON.stringify(name)})`;
          report({ path, part: 'key', message });
        }
        if (textAt(node, 'description') === '' && !isDisabled(node)) {
          const reader =
            side === 'body'
              ? 'the model does not know what to write there'
              : 'the model does not know what it is';
          report({ path, part: 'key', message: `"${name}" has no description: ${reader}` });
        }
      }
      for (const { node, path } of parametersOf(document, spot)) {
        const name = textAt(node, 'name');
        if (name === '' || NAME.test(name)) continue;
        const message = `the name of a parameter must be letters, digits, _ and - (got ${JSON.stringify(name)})`;
        report({ path: [...path, 'name'], message });
      }
    },
  },
);
