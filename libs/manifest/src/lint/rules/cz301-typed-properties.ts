import { child, textOf } from '../../source/node.ts';
import { fixOf, insertKey, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { toolFields } from '../server/fields.ts';
import { has, operationName, textAt } from '../spot.ts';

const COMBINING = ['oneOf', 'anyOf', 'allOf'];

/** Every property says one type itself. */
export const cz301 = defineRule(
  {
    id: 'CZ301',
    title: 'Every property has a type of its own, without oneOf, anyOf, allOf',
    stage: 'tools',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    operation(spot, { document, report }) {
      for (const field of toolFields(document, spot)) {
        const { side, node, path, name, isItem, isHidden } = field;
        const type = child(node, 'type');
        const isTyped =
          textAt(node, 'type') !== '' ||
          (type !== undefined && has(node, 'type') && textOf(type) === undefined);
        if (side === 'parameter' && !isItem) continue;
        if (isTyped) continue;
        const combined = COMBINING.find((key) => has(node, key));
        const what = isItem ? 'the items of a list' : `"${name}"`;
        const guess =
          combined !== undefined || has(node, 'type')
            ? undefined
            : has(node, 'properties')
              ? 'object'
              : has(node, 'items')
                ? 'array'
                : undefined;
        report({
          path: combined === undefined ? [...path, 'type'] : [...path, combined],
          part: 'key',
          message:
            combined === undefined
              ? `${what} must have a type`
              : `${what} must have one type instead of ${combined}, which Coze does not understand`,
          ...(combined === undefined
            ? {}
            : { hint: 'Write the type that matters most, or take JSON as text' }),
          predicted: `the type '' of filed '${name}' is invalid`,
          also:
            side === 'body' && !isHidden ? ["[111000000] invalid parameter : unsupported json type ''"] : [],
          phase: 'tools',
          operation: operationName(spot),
          fix:
            guess === undefined
              ? undefined
              : fixOf(`Add type: ${guess}`, insertKey(document, node, 'type', written(guess))),
        });
      }
    },
  },
);
