import { by, defineRule } from '../rule.ts';
import { parametersOf, textAt } from '../spot.ts';

const RESERVED = /^(authorization|content-type|host|x-tt-logid|x-aiplugin-.*)$/i;

/** Headers that Coze sets itself are no parameters. */
export const cz115 = defineRule(
  {
    id: 'CZ115',
    title: 'Headers that Coze sets are no parameters',
    stage: 'run',
    severity: by('warning', 'warning', 'off'),
  },
  {
    operation(spot, { document, report }) {
      for (const { node, path } of parametersOf(document, spot)) {
        const name = textAt(node, 'name');
        if (textAt(node, 'in') !== 'header' || !RESERVED.test(name)) continue;
        const isAuth = /^authorization$/i.test(name);
        report({
          path: [...path, 'name'],
          message: `the header ${name} is set by Coze or by the call itself`,
          ...(isAuth ? { hint: 'Say how the plugin is authorized in the auth of ai_plugin.json' } : {}),
        });
      }
    },
  },
);
