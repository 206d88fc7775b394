import { child, itemsOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';

/** There is exactly one server: its address becomes that of the plugin. */
export const cz010 = defineRule(
  {
    id: 'CZ010',
    title: 'There is exactly one server',
    stage: 'import',
    severity: by('error', 'error', 'off'),
  },
  {
    document({ node }, { report }) {
      const servers = itemsOf(child(node, 'servers'));
      if (servers.length === 1) return;
      report({
        path: servers.length > 1 ? ['servers', 1] : ['servers'],
        message: `servers must have exactly one entry (got ${servers.length})`,
        hint: 'servers: [{ url: https://api.example.com }]',
        predicted: 'server is required and only one server is allowed',
        phase: 'plugin',
      });
    },
  },
);
