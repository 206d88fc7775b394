import { closest } from '@cozecut/problems';
import { FILE_KINDS } from '../../json-schema/keywords.ts';
import { fixOf, removeKey } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { toolFields } from '../server/fields.ts';
import { has, operationName, textAt } from '../spot.ts';

const FORMATS = FILE_KINDS.map((kind) => `${kind}_url`);

/** Formats are those of files: any other makes the list of tools fail. */
export const cz304 = defineRule(
  {
    id: 'CZ304',
    title: 'format is left out, or one of the ten of files such as image_url',
    stage: 'tools',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    operation(spot, { document, report }) {
      for (const { node, path, name } of toolFields(document, spot)) {
        const format = textAt(node, 'format');
        if (format === '' || FORMATS.includes(format)) continue;
        report({
          path: [...path, 'format'],
          message: `Coze does not know the format ${format}`,
          suggestions: closest(format, FORMATS),
          hint: `Leave it out; Coze knows only ${FORMATS.join(', ')}`,
          predicted: `the format '${format}' of field '${name}' is invalid`,
          phase: 'tools',
          operation: operationName(spot),
          fix: has(node, 'type')
            ? fixOf('Remove the format', removeKey(document, node, 'format'))
            : undefined,
        });
      }
    },
  },
);
