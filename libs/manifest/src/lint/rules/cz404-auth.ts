import { showValue } from '@cozecut/problems';
import { child, toValue } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';

/** The manifest has an auth, also when nobody has to say who they are. */
export const cz404 = defineRule(
  {
    id: 'CZ404',
    title: 'auth is a map',
    stage: 'crash',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    manifest({ node }, { document, report }) {
      const value = child(node, 'auth');
      if (value?.kind === 'map') return;
      const isMissing = value === undefined || toValue(value) === null;
      const text = '{"type": "none"}';
      report({
        path: ['auth'],
        message: `auth must be a map (got ${showValue(value === undefined ? undefined : toValue(value))}); the server panics without it`,
        hint: 'auth: { type: none } for a plugin that everybody may call',
        predicted: isMissing
          ? 'runtime error: invalid memory address or nil pointer dereference'
          : 'invalid plugin manifest json',
        ...(isMissing ? {} : { stage: 'import' as const, phase: 'load' as const }),
        fix: isMissing
          ? fixOf(
              'Add auth: none',
              value === undefined
                ? insertKey(document, node, 'auth', text)
                : replaceValue(document, value, text),
            )
          : undefined,
      });
    },
  },
);
