import { child, entriesOf } from '../../source/node.ts';
import { fixOf, renameKey } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { quote } from '../server/go.ts';
import { has } from '../spot.ts';
import { reportMisreads } from './misread.ts';

/** `paths` is a map whose keys start with a slash. */
export const cz101 = defineRule(
  {
    id: 'CZ101',
    title: 'paths is a map whose keys start with a slash',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    source: (context) => reportMisreads('CZ101', context),
    document({ node }, { document, report }) {
      if (!has(node, 'paths')) {
        report({
          path: ['paths'],
          message: 'paths is required: the tools of the plugin',
          predicted: 'invalid paths: must be an object',
        });
        return;
      }
      for (const [path, entry] of entriesOf(child(node, 'paths'))) {
        if (path.startsWith('/')) continue;
        const isExtension = path.startsWith('x-');
        report({
          path: ['paths', path],
          part: 'key',
          message: isExtension
            ? `${JSON.stringify(path)} must be a path: keys that start with x- are not possible in paths`
            : `a path must start with a slash (got ${JSON.stringify(path)})`,
          predicted: `invalid paths: path ${quote(path)} does not start with a forward slash (/)`,
          fix:
            isExtension || path === ''
              ? undefined
              : fixOf(`Write "/${path}"`, renameKey(document, entry, `/${path}`)),
        });
      }
    },
  },
);
