import { by, defineRule } from '../rule.ts';
import { isTrue } from '../spot.ts';

/** A property is not both only read and only written. */
export const cz313 = defineRule(
  {
    id: 'CZ313',
    title: 'A property is not both readOnly and writeOnly',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    schema({ node, path, prefix }, { report }) {
      if (!isTrue(node, 'readOnly') || !isTrue(node, 'writeOnly')) return;
      report({
        path: [...path, 'writeOnly'],
        part: 'key',
        message: 'a property cannot be both readOnly and writeOnly',
        predicted: `${prefix}a property MUST NOT be marked as both readOnly and writeOnly being true`,
      });
    },
  },
);
