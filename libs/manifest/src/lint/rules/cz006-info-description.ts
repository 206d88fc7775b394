import { child } from '../../source/node.ts';
import { fixOf, insertKey, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { textAt } from '../spot.ts';
import { reportMisreads } from './misread.ts';

/** `info.description` is there: it becomes the description of the plugin. */
export const cz006 = defineRule(
  {
    id: 'CZ006',
    title: 'info has a description',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    source: (context) => reportMisreads('CZ006', context),
    info({ node, path }, { document, report }) {
      const value = child(node, 'description');
      const isMissing =
        value === undefined || (value.kind === 'scalar' && (value.value === '' || value.value === null));
      if (!isMissing) return;
      const title = textAt(node, 'title');
      const fix =
        value === undefined && title !== ''
          ? fixOf('Take the title as description', insertKey(document, node, 'description', written(title)))
          : undefined;
      report({
        path: [...path, 'description'],
        message: 'info.description is required',
        hint: 'Say in a sentence what the plugin is for',
        predicted: 'the description of info is required',
        phase: 'plugin',
        fix,
      });
    },
  },
);
