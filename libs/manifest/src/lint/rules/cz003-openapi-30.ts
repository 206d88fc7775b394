import { child } from '../../source/node.ts';
import { fixOf, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { textAt } from '../spot.ts';

/** The document says that it is OpenAPI 3.0. */
export const cz003 = defineRule(
  {
    id: 'CZ003',
    title: 'The document is OpenAPI 3.0, best 3.0.1',
    stage: 'form',
    severity: by('warning', 'error', 'error'),
    fixable: true,
  },
  {
    document({ node }, { document, report }) {
      const version = textAt(node, 'openapi');
      if (version === '' || /^3\.0\.[0-3]$/.test(version)) return;
      report({
        path: ['openapi'],
        message: `openapi must be 3.0.0 to 3.0.3 (got "${version}"); the Coze cloud refuses documents of other versions`,
        hint: 'Write 3.0.1, and turn what only OpenAPI 3.1 has into its 3.0 form',
        fix: fixOf('Write "3.0.1"', replaceValue(document, child(node, 'openapi'), written('3.0.1'))),
      });
    },
  },
);
