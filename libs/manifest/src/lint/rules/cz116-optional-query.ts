import { by, defineRule } from '../rule.ts';
import { has, isTrue, parametersOf, placedAt, textAt } from '../spot.ts';

/** An optional query or header parameter without a value is sent as empty text. */
export const cz116 = defineRule(
  {
    id: 'CZ116',
    title: 'Optional query and header parameters have a default',
    stage: 'run',
    severity: by('warning', 'warning', 'off'),
  },
  {
    operation(spot, { document, report }) {
      for (const parameter of parametersOf(document, spot)) {
        const { node, path } = parameter;
        const place = textAt(node, 'in');
        if ((place !== 'query' && place !== 'header') || isTrue(node, 'required')) continue;
        const schema = placedAt(document, parameter, 'schema');
        // A list is not seen by the model at all, which is another rule.
        if (schema === undefined || textAt(schema.node, 'type') === 'array') continue;
        if (has(schema.node, 'default') || has(schema.node, 'x-variable-ref')) continue;
        report({
          path: [...path, 'name'],
          message: `without a value the ${place} parameter "${textAt(node, 'name')}" is sent as empty text`,
          hint: 'Give it a default, or take "" for "not given" in the server',
        });
      }
    },
  },
);
