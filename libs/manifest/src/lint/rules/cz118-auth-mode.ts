import { closest, showValue } from '@cozecut/problems';
import { child, toValue } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';

const MODES = ['required', 'supported', 'disabled'];

/** `x-auth-mode` is one of three words. */
export const cz118 = defineRule(
  {
    id: 'CZ118',
    title: 'x-auth-mode is required, supported or disabled',
    stage: 'run',
    severity: by('error', 'error', 'warning'),
  },
  {
    operation({ node, path }, { report }) {
      const mode = child(node, 'x-auth-mode');
      if (mode === undefined) return;
      const value = toValue(mode);
      if (MODES.includes(value as string)) return;
      report({
        path: [...path, 'x-auth-mode'],
        message: `x-auth-mode must be required, supported or disabled (got ${showValue(value)})`,
        suggestions: closest(String(value), MODES),
      });
    },
  },
);
