import { closest, showValue } from '@cozecut/problems';
import { child, nodeAt, toValue } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import type { Profile } from '../types.ts';

const TYPES: Readonly<Record<Profile, readonly string[]>> = {
  studio: ['openapi', 'coze-studio-custom'],
  cloud: ['openapi'],
  local: ['localplugin'],
};

/** The manifest says what kind of plugin it is for. */
export const cz403 = defineRule(
  {
    id: 'CZ403',
    title: 'api.type is openapi, or localplugin for a local plugin',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    manifest({ node }, { document, report, profile }) {
      const allowed = TYPES[profile];
      const value = nodeAt(node, ['api', 'type']);
      const type = value === undefined ? undefined : toValue(value);
      if (allowed.includes(type as string)) return;
      const api = child(node, 'api');
      const text = written(allowed[0]);
      const edit =
        value !== undefined
          ? replaceValue(document, value, text)
          : api?.kind === 'map'
            ? insertKey(document, api, 'type', text)
            : undefined;
      report({
        path: ['api', 'type'],
        message: `api.type must be ${allowed.map((name) => `"${name}"`).join(' or ')} (got ${showValue(type)})`,
        suggestions: closest(String(type), allowed),
        predicted: `invalid api type '${String(type ?? '')}'`,
        fix: edit === undefined ? undefined : fixOf(`Write ${text}`, edit),
      });
    },
  },
);
