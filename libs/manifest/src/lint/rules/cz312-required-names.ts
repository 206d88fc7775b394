import { closest } from '@cozecut/problems';
import { child, entriesOf, itemsOf, textOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { has, textAt } from '../spot.ts';

/** `required` names properties that are there. */
export const cz312 = defineRule(
  {
    id: 'CZ312',
    title: 'required names properties that are there',
    stage: 'style',
    severity: by('warning', 'warning', 'warning'),
  },
  {
    schema({ node, path }, { report }) {
      if (textAt(node, 'type') !== 'object' && !has(node, 'properties')) return;
      const known = entriesOf(child(node, 'properties')).map(([name]) => name);
      for (const [index, item] of itemsOf(child(node, 'required')).entries()) {
        const name = textOf(item);
        if (name === undefined || known.includes(name)) continue;
        report({
          path: [...path, 'required', index],
          message: `"${name}" is required and is no property`,
          suggestions: closest(name, known),
        });
      }
    },
  },
);
