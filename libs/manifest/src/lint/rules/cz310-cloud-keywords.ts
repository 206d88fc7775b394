import { child } from '../../source/node.ts';
import { fixOf, removeKey } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { has } from '../spot.ts';

const WHY: Readonly<Record<string, string>> = {
  title: 'title means nothing to Coze, and its cloud stumbles over it',
  additionalProperties: 'Coze has no free keys: what is not a property is dropped',
  nullable: 'Coze has no null',
};

/** Keywords that the parser of the cloud stumbles over. */
export const cz310 = defineRule(
  {
    id: 'CZ310',
    title: 'No title, additionalProperties and nullable in schemas',
    stage: 'form',
    severity: by('off', 'warning', 'warning'),
    fixable: true,
  },
  {
    schema({ node, path }, { document, report }) {
      for (const [key, message] of Object.entries(WHY)) {
        const value = child(node, key);
        if (value === undefined) continue;
        // Free keys that have a schema would be lost without a word.
        const isCertain = has(node, 'type') && (key !== 'additionalProperties' || value.kind === 'scalar');
        report({
          path: [...path, key],
          part: 'key',
          message,
          ...(key === 'nullable' ? { hint: 'Leave the property out of "required"' } : {}),
          fix: isCertain ? fixOf(`Remove ${key}`, removeKey(document, node, key)) : undefined,
        });
      }
    },
  },
);
