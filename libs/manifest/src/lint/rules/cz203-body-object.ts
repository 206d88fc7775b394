import { showValue } from '@cozecut/problems';
import { child, textOf, toValue } from '../../source/node.ts';
import { fixOf, insertKey, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { contentOf, has, placedAt, textAt } from '../spot.ts';

/** The schema of a body says `type: object` itself. */
export const cz203 = defineRule(
  {
    id: 'CZ203',
    title: 'The schema of a request body has type: object',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    operation(spot, { document, report }) {
      const body = placedAt(document, spot, 'requestBody');
      const [media] = contentOf(body?.node);
      if (body === undefined || media === undefined || media[1].kind !== 'map') return;
      const place = [...body.path, 'content', media[0], 'schema'];
      const schema = placedAt(document, body, 'content', media[0], 'schema');
      if (!has(media[1], 'schema')) {
        const message = 'a request body must have a schema';
        report({ path: place, message, predicted: 'request body schema is required', phase: 'plugin' });
        return;
      }
      if (schema === undefined || textAt(schema.node, 'type') === 'object') return;
      const type = child(schema.node, 'type');
      // A type that is no text is told of elsewhere.
      if (type !== undefined && textOf(type) === undefined) return;
      const isPlain = type === undefined && has(schema.node, 'properties');
      report({
        path: [...schema.path, 'type'],
        message: `the schema of a request body must have type: object (got ${showValue(type === undefined ? undefined : toValue(type))})`,
        ...(has(schema.node, 'allOf')
          ? { hint: 'Only the properties of this schema count, not those in allOf: write them here' }
          : {}),
        predicted: "request body only supports 'object' type",
        phase: 'plugin',
        fix: isPlain
          ? fixOf('Add type: object', insertKey(document, schema.node, 'type', written('object')))
          : undefined,
      });
    },
  },
);
