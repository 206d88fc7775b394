import { fixOf, removeKey } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { has } from '../spot.ts';

/** A local plugin has no server. */
export const cz015 = defineRule(
  {
    id: 'CZ015',
    title: 'The document of a local plugin names no server',
    stage: 'style',
    severity: by('off', 'off', 'warning'),
    fixable: true,
  },
  {
    document({ node }, { document, report }) {
      if (!has(node, 'servers')) return;
      report({
        path: ['servers'],
        part: 'key',
        message: 'servers means nothing for a local plugin: nothing is called over HTTP',
        fix: fixOf('Remove servers', removeKey(document, node, 'servers')),
      });
    },
  },
);
