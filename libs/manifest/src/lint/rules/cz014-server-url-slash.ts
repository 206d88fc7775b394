import { child } from '../../source/node.ts';
import { fixOf, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { textAt } from '../spot.ts';

/** The address of the server does not end with a slash: Coze puts the path right behind it. */
export const cz014 = defineRule(
  {
    id: 'CZ014',
    title: 'The address of the server does not end with a slash',
    stage: 'run',
    severity: by('warning', 'warning', 'off'),
    fixable: true,
  },
  {
    server({ node, path }, { document, report }) {
      const url = textAt(node, 'url');
      if (!url.endsWith('/')) return;
      const short = url.replace(/\/+$/, '');
      report({
        path: [...path, 'url'],
        message: 'the address of the server ends with a slash, so that calls go to //path',
        fix: fixOf('Remove the slash', replaceValue(document, child(node, 'url'), written(short))),
      });
    },
  },
);
