import { entriesOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { quote } from '../server/go.ts';
import { componentWord } from '../walk.ts';

const NAME = /^[a-zA-Z0-9._-]+$/;

/** Names of components are made of letters, digits, dots, dashes and underscores. */
export const cz021 = defineRule(
  {
    id: 'CZ021',
    title: 'Names of components match [a-zA-Z0-9._-]+',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    components({ node, path, prefix }, { report }) {
      for (const [group, { value }] of entriesOf(node)) {
        if (group.startsWith('x-')) continue;
        for (const [name] of entriesOf(value)) {
          if (NAME.test(name)) continue;
          const words = `identifier ${quote(name)} is not supported by OpenAPIv3 standard (regexp: "^[a-zA-Z0-9\\\\.\\\\-_]+$")`;
          report({
            path: [...path, group, name],
            part: 'key',
            message: `the name of a component must be made of letters, digits, ".", "-" and "_" (got ${JSON.stringify(name)})`,
            predicted: `${prefix}${componentWord(group)} ${quote(name)}: ${words}`,
          });
        }
      }
    },
  },
);
