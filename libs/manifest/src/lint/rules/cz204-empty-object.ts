import { child, entriesOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { toolFields } from '../server/fields.ts';
import { contentOf, placedAt, textAt } from '../spot.ts';

/** Objects say their properties: others come empty. */
export const cz204 = defineRule(
  {
    id: 'CZ204',
    title: 'Objects of a request body have properties',
    stage: 'run',
    severity: by('warning', 'warning', 'warning'),
  },
  {
    operation(spot, { document, report }) {
      const isEmpty = (node: Parameters<typeof textAt>[0]) =>
        textAt(node, 'type') === 'object' && entriesOf(child(node, 'properties')).length === 0;
      const body = placedAt(document, spot, 'requestBody');
      const [media] = contentOf(body?.node);
      if (body === undefined || media === undefined) return;
      const schema = placedAt(document, body, 'content', media[0], 'schema');
      if (schema !== undefined && isEmpty(schema.node)) {
        const message = 'the body has no properties, so that no body is sent';
        report({
          path: schema.path,
          part: 'key',
          message,
          hint: 'Leave requestBody out, or say what it holds',
        });
      }
      for (const { side, node, path, name, isItem } of toolFields(document, spot)) {
        if (side !== 'body' || !isEmpty(node)) continue;
        report({
          path,
          part: 'key',
          message: `${isItem ? 'an item' : `"${name}"`} is an object without properties, which Coze sends empty`,
          hint: 'Say its properties, or take JSON as text',
        });
      }
    },
  },
);
