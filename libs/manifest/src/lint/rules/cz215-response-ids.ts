import { child, entriesOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { toolFields } from '../server/fields.ts';
import { textAt } from '../spot.ts';

/** Answers have ids as text and no maps with free keys. */
export const cz215 = defineRule(
  {
    id: 'CZ215',
    title: 'Answers have ids as text, and objects with properties',
    stage: 'run',
    severity: by('warning', 'warning', 'warning'),
  },
  {
    operation(spot, { document, report }) {
      for (const { side, node, path, name, isItem } of toolFields(document, spot)) {
        if (side !== 'response') continue;
        const type = textAt(node, 'type');
        if (type === 'integer' && /(^id|_id|Id|ID)$/.test(name)) {
          report({
            path: [...path, 'type'],
            message: `"${name}" is a whole number, and long ones lose digits on the way`,
            hint: 'Return ids as text',
          });
        } else if (type === 'object' && entriesOf(child(node, 'properties')).length === 0) {
          report({
            path,
            part: 'key',
            message: `${isItem ? 'an item' : `"${name}"`} is an object without properties, of which nothing arrives`,
            hint: 'Say its properties, or return JSON as text',
          });
        }
      }
    },
  },
);
