import { by, defineRule } from '../rule.ts';
import { re2Error } from '../server/re2.ts';
import { textAt } from '../spot.ts';

/** Patterns are regular expressions that Go can read. */
export const cz309 = defineRule(
  {
    id: 'CZ309',
    title: 'pattern is a regular expression of RE2',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    schema({ node, path, prefix }, { report }) {
      const pattern = textAt(node, 'pattern');
      // The server compiles the patterns of texts only.
      if (pattern === '' || textAt(node, 'type') !== 'string') return;
      const error = re2Error(pattern);
      if (error === undefined) return;
      report({
        path: [...path, 'pattern'],
        message: `the pattern must be one that Go reads (RE2): ${error}`,
        ...(error.includes('Perl')
          ? { hint: 'RE2 has no lookahead, no lookbehind and no back references' }
          : {}),
        predicted: `${prefix}error parsing regexp: ${error}`,
      });
    },
  },
);
