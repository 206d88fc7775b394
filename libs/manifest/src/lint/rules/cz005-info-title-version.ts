import { child } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { reportMisreads } from './misread.ts';

/** `info.title` and `info.version` are texts that are not empty. */
export const cz005 = defineRule(
  {
    id: 'CZ005',
    title: 'info has a title and a version',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    source(context) {
      const { document } = context;
      reportMisreads('CZ005', context, ({ path, key, value }) => {
        const node = child(child(document.root, 'info'), key);
        const place = node?.place;
        const text = place === undefined ? String(value) : place.file.text.slice(place.start, place.end);
        const scalar = typeof value === 'number' || typeof value === 'boolean';
        return {
          hint: `Put it in quotes: ${String(path.at(-1))}: ${written(text)}`,
          fix: scalar ? fixOf('Put it in quotes', replaceValue(document, node, written(text))) : undefined,
        };
      });
    },
    info({ node, path }, { document, report }) {
      for (const key of ['version', 'title']) {
        const value = child(node, key);
        const isEmpty =
          value === undefined || (value.kind === 'scalar' && (value.value === '' || value.value === null));
        if (!isEmpty) continue;
        const fix =
          key === 'title'
            ? undefined
            : value === undefined
              ? fixOf('Add version: "v1"', insertKey(document, node, 'version', written('v1')))
              : fixOf('Write "v1"', replaceValue(document, value, written('v1')));
        report({
          path: [...path, key],
          message: `info.${key} is required`,
          predicted: `invalid info: value of ${key} must be a non-empty string`,
          ...(key === 'title' ? { hint: 'title is the name of the plugin' } : {}),
          fix,
        });
      }
    },
  },
);
