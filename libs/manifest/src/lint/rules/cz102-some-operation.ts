import { by, defineRule } from '../rule.ts';
import { has, operationsOf } from '../spot.ts';

/** A plugin has a tool. */
export const cz102 = defineRule(
  {
    id: 'CZ102',
    title: 'There is at least one operation',
    stage: 'form',
    severity: by('warning', 'error', 'error'),
  },
  {
    document({ node }, { report }) {
      if (!has(node, 'paths') || operationsOf(node).length > 0) return;
      report({ path: ['paths'], message: 'paths has no operation: a plugin needs at least one tool' });
    },
  },
);
