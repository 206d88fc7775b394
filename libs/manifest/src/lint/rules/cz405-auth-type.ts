import { closest, showValue } from '@cozecut/problems';
import { child, toValue } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';

const TYPES = ['none', 'service_http', 'oauth'];

/** The kind of auth is one that Coze knows. */
export const cz405 = defineRule(
  {
    id: 'CZ405',
    title: 'auth.type is none, service_http or oauth',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    manifest({ node }, { report }) {
      const auth = child(node, 'auth');
      if (auth?.kind !== 'map') return;
      const value = child(auth, 'type');
      const type = value === undefined ? undefined : toValue(value);
      if (TYPES.includes(type as string)) return;
      const isMissing = type === undefined || type === null || type === '';
      report({
        path: ['auth', 'type'],
        message: `auth.type must be none, service_http or oauth (got ${showValue(type)})`,
        suggestions: closest(String(type ?? ''), TYPES),
        predicted: isMissing ? 'plugin auth type is required' : `invalid plugin auth type '${String(type)}'`,
        phase: 'load',
      });
    },
  },
);
