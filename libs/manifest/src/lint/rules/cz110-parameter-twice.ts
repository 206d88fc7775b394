import { by, defineRule } from '../rule.ts';
import { quote } from '../server/go.ts';
import { parametersOf, textAt } from '../spot.ts';

/** A parameter is declared once. */
export const cz110 = defineRule(
  {
    id: 'CZ110',
    title: 'A parameter is declared once',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    operation(spot, { document, report }) {
      const seen = new Set<string>();
      for (const { node, path } of parametersOf(document, spot)) {
        const name = textAt(node, 'name');
        const place = textAt(node, 'in');
        const key = `${place}:${name}`;
        if (seen.has(key)) {
          report({
            path: [...path, 'name'],
            message: `there is already a ${place} parameter "${name}"`,
            predicted: `${spot.prefix}more than one ${quote(place)} parameter has name ${quote(name)}`,
          });
        }
        seen.add(key);
      }
    },
  },
);
