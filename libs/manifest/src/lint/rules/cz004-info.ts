import { by, defineRule } from '../rule.ts';
import { has } from '../spot.ts';
import { reportMisreads } from './misread.ts';

/** `info` is there. */
export const cz004 = defineRule(
  { id: 'CZ004', title: 'info is a map', stage: 'import', severity: by('error', 'error', 'error') },
  {
    source: (context) => reportMisreads('CZ004', context),
    document({ node }, { report }) {
      if (has(node, 'info')) return;
      report({
        path: ['info'],
        message: 'info is required: title, version and description of the plugin',
        predicted: 'invalid info: must be an object',
      });
    },
  },
);
