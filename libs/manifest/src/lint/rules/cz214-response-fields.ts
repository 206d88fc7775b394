import { child, entriesOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { placedAt, textAt } from '../spot.ts';

/** The 200 answer declares fields: others are cut off. */
export const cz214 = defineRule(
  {
    id: 'CZ214',
    title: 'The schema of 200 has properties',
    stage: 'run',
    severity: by('warning', 'warning', 'warning'),
  },
  {
    operation(spot, { document, report }) {
      const schema = placedAt(document, spot, 'responses', '200', 'content', 'application/json', 'schema');
      if (schema === undefined || textAt(schema.node, 'type') !== 'object') return;
      if (textAt(spot.node, 'x-runMode') === 'Streaming') return;
      if (entriesOf(child(schema.node, 'properties')).length > 0) return;
      report({
        path: schema.path,
        part: 'key',
        message: 'the answer has no properties, so that everything in it is cut off',
        hint: 'Declare every field that the bot should see',
      });
    },
  },
);
