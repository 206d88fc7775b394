import { by, defineRule } from '../rule.ts';
import { parametersOf, placedAt, textAt } from '../spot.ts';

/** A list in the query is not shown to the model. */
export const cz114 = defineRule(
  {
    id: 'CZ114',
    title: 'No lists in the query: the model does not see them',
    stage: 'run',
    severity: by('warning', 'warning', 'off'),
  },
  {
    operation(spot, { document, report }) {
      for (const parameter of parametersOf(document, spot)) {
        if (textAt(parameter.node, 'in') !== 'query') continue;
        const schema = placedAt(document, parameter, 'schema');
        if (schema === undefined || textAt(schema.node, 'type') !== 'array') continue;
        const name = textAt(parameter.node, 'name');
        report({
          path: [...schema.path, 'type'],
          message: `the model does not see the query parameter "${name}", because it is a list`,
          hint: 'Move it into the body',
        });
      }
    },
  },
);
