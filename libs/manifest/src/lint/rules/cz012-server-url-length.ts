import { child, itemsOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { textAt } from '../spot.ts';

const MAX_BYTES = 512;

/** The address of the server is not too long. */
export const cz012 = defineRule(
  {
    id: 'CZ012',
    title: 'The address of the server has at most 512 bytes',
    stage: 'import',
    severity: by('error', 'error', 'off'),
  },
  {
    server({ node, path }, { document, report }) {
      const url = textAt(node, 'url');
      const bytes = new TextEncoder().encode(url).length;
      if (bytes <= MAX_BYTES || itemsOf(child(document.root, 'servers')).length !== 1) return;
      report({
        path: [...path, 'url'],
        message: `the address of the server must have at most ${MAX_BYTES} bytes (got ${bytes})`,
        predicted: `server url '${url}' is too long`,
        phase: 'plugin',
      });
    },
  },
);
