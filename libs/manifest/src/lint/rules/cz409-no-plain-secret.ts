import { child } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { readAuth } from '../server/auth.ts';

const SECRETS = ['service_token', 'client_secret'];

/** A file that is kept or passed on holds no secret. */
export const cz409 = defineRule(
  {
    id: 'CZ409',
    title: 'The file holds no secret in plain text',
    stage: 'form',
    severity: by('error', 'error', 'error'),
  },
  {
    manifest({ node }, { report }) {
      const auth = readAuth(node);
      if (auth === undefined) return;
      for (const key of SECRETS) {
        const flat = child(child(node, 'auth'), key);
        const value = auth.values[key] ?? '';
        if (value === '' || isPlaceholder(value)) continue;
        report({
          path: flat === undefined ? auth.base : ['auth', key],
          message: `${key} is there in plain text`,
          hint: 'Leave a placeholder such as ${SERVICE_TOKEN} in the file, and put the secret in when it is registered',
        });
      }
    },
  },
);

/** Whether a text stands for a secret instead of being one. */
function isPlaceholder(value: string): boolean {
  return /\$\{[^}]+\}|<[^>]+>|\{\{[^}]+\}\}|^(secret|env):|^(Bearer )?(\*+|x{1,8}|\.{3}|…|YOUR[_ -].*|CHANGE[_ -]?ME|PLACEHOLDER)$/i.test(
    value,
  );
}
