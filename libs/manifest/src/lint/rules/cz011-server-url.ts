import { child, itemsOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { hostOf } from '../server/url.ts';
import { has, textAt } from '../spot.ts';
import type { Context, Spot } from '../types.ts';

/** The address of the server is absolute and has no variables. */
export const cz011 = defineRule(
  {
    id: 'CZ011',
    title: 'The address of the server is absolute, has a host and no variables',
    stage: 'import',
    severity: by('error', 'error', 'off'),
  },
  {
    server(spot, context) {
      const early = templateError(spot);
      const url = textAt(spot.node, 'url');
      const path = [...spot.path, ...(has(spot.node, 'url') ? ['url'] : [])];
      const hint = 'Write one address such as https://api.example.com/v1';
      if (early !== undefined) {
        context.report({
          path,
          message: early.message,
          hint,
          predicted: `invalid servers: ${early.predicted}`,
        });
      } else if (isOnly(spot, context) && hostOf(url) === undefined) {
        context.report({
          path,
          message: `the address of the server must be absolute and have a plain host (got ${JSON.stringify(url)})`,
          hint,
          predicted: `invalid server url '${url}'`,
          phase: 'plugin',
        });
      }
    },
  },
);

function templateError({ node }: Spot): { message: string; predicted: string } | undefined {
  const url = textAt(node, 'url');
  if (url === '') {
    return { message: 'the server needs an address', predicted: 'value of url must be a non-empty string' };
  }
  const opening = url.split('{').length - 1;
  if (opening !== url.split('}').length - 1) {
    return {
      message: `the address ${JSON.stringify(url)} has a brace without its partner`,
      predicted: 'server URL has mismatched { and }',
    };
  }
  const variables = child(node, 'variables');
  const names = variables?.kind === 'map' ? [...variables.entries.keys()] : [];
  if (opening !== names.length || names.some((name) => !url.includes(`{${name}}`))) {
    return {
      message: `the address ${JSON.stringify(url)} and its variables do not fit together, and Coze has no variables`,
      predicted: 'server has undeclared variables',
    };
  }
  return undefined;
}

/** The address itself is looked at only when there is one server. */
function isOnly({ path }: Spot, { document }: Context): boolean {
  return path.length === 2 && itemsOf(child(document.root, 'servers')).length === 1;
}
