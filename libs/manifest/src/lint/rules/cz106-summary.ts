import { child } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { has, operationName, textAt } from '../spot.ts';
import { misreadsOf, reportMisreads } from './misread.ts';

const MAX_SUMMARY = 600;

/** Every operation has a summary: it is all that the model is told about the tool. */
export const cz106 = defineRule(
  {
    id: 'CZ106',
    title: 'Every operation has a summary of at most 600 characters',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    source: (context) => reportMisreads('CZ106', context),
    operation(spot, context) {
      const { node, path } = spot;
      const { document, report } = context;
      const summary = textAt(node, 'summary');
      const at = [...path, 'summary'];
      if (summary === '') {
        if (has(node, 'summary') && misreadsOf('CZ106', context).length > 0) return;
        const instead = [textAt(node, 'description').trim(), textAt(node, 'operationId')].find(
          (text) => text !== '',
        );
        const value = child(node, 'summary');
        const text = written((instead ?? '').slice(0, MAX_SUMMARY));
        const edit =
          instead === undefined
            ? undefined
            : value === undefined
              ? insertKey(document, node, 'summary', text)
              : replaceValue(document, value, text);
        report({
          path: at,
          message: `${operationName(spot)} needs a summary: it is what the model is told about the tool`,
          predicted: 'summary is required',
          phase: 'plugin',
          fix: edit === undefined ? undefined : fixOf('Take the description or the operationId', edit),
        });
      } else if ([...summary].length > MAX_SUMMARY) {
        const message = `summary must have at most ${MAX_SUMMARY} characters (got ${[...summary].length})`;
        report({ path: at, message, stage: 'form', severity: 'warning' });
      }
    },
  },
);
