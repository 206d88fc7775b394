import { closest } from '@cozecut/problems';
import { FILE_KINDS } from '../../json-schema/keywords.ts';
import { child, textOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { toolFields } from '../server/fields.ts';
import { operationName, textAt } from '../spot.ts';

/** `x-assist-type` says what kind of file the text is the address of. */
export const cz305 = defineRule(
  {
    id: 'CZ305',
    title: 'x-assist-type is a kind of file, stands on text and agrees with format',
    stage: 'tools',
    severity: by('error', 'error', 'error'),
  },
  {
    operation(spot, { document, report }) {
      for (const { node, path, name, readsAssist } of toolFields(document, spot)) {
        const value = child(node, 'x-assist-type');
        if (value === undefined) continue;
        const kind = textOf(value);
        const at = [...path, 'x-assist-type'];
        const format = textAt(node, 'format');
        if (kind === undefined) {
          report({
            path: at,
            message: 'x-assist-type must be text; anything else is ignored',
            stage: 'run',
            severity: 'warning',
          });
        } else if (!FILE_KINDS.includes(kind)) {
          report({
            path: at,
            message: `x-assist-type must be one of ${FILE_KINDS.join(', ')} (got "${kind}")`,
            suggestions: closest(kind, FILE_KINDS),
            ...(readsAssist
              ? {
                  predicted: `the assist type '${kind}' of field '${name}' is invalid`,
                  phase: 'tools' as const,
                  operation: operationName(spot),
                }
              : { stage: 'run' as const }),
          });
        } else if (textAt(node, 'type') !== 'string') {
          const message = `x-assist-type stands on text: the address of the file (got type ${textAt(node, 'type') || 'nothing'})`;
          report({ path: at, message, stage: 'run' });
        } else if (
          /_url$/.test(format) &&
          format !== `${kind}_url` &&
          FILE_KINDS.includes(format.slice(0, -4))
        ) {
          report({ path: at, message: `x-assist-type is ${kind}, and format says ${format}`, stage: 'run' });
        }
      }
    },
  },
);
