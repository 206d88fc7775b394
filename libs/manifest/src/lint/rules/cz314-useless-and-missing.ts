import { by, defineRule } from '../rule.ts';
import { toolFields } from '../server/fields.ts';
import { has, isTrue, parametersOf, placedAt, textAt } from '../spot.ts';

/** No defaults where Coze does not look, and descriptions where the model does. */
export const cz314 = defineRule(
  {
    id: 'CZ314',
    title: 'No defaults inside of lists; required parameters are described',
    stage: 'style',
    severity: by('warning', 'warning', 'warning'),
  },
  {
    operation(spot, { document, report }) {
      for (const { side, node, path } of toolFields(document, spot)) {
        const inList = path.lastIndexOf('items') > path.lastIndexOf('schema');
        if (side === 'response' || !inList || !has(node, 'default')) continue;
        report({
          path: [...path, 'default'],
          part: 'key',
          message: 'a default inside of a list is never used',
        });
      }
      for (const parameter of parametersOf(document, spot)) {
        const { node, path } = parameter;
        const schema = placedAt(document, parameter, 'schema');
        if (!isTrue(node, 'required') || textAt(node, 'description') !== '' || schema === undefined) continue;
        const name = textAt(node, 'name');
        report({ path: [...path, 'name'], message: `the required parameter "${name}" has no description` });
      }
    },
  },
);
