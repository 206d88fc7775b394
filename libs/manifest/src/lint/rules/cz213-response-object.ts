import { showValue } from '@cozecut/problems';
import { child, textOf, toValue } from '../../source/node.ts';
import { fixOf, insertKey, written } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { contentOf, has, placedAt, textAt } from '../spot.ts';

/** The 200 answer is an object. */
export const cz213 = defineRule(
  {
    id: 'CZ213',
    title: 'The schema of 200 has type: object',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    operation(spot, { document, report }) {
      const answer = placedAt(document, spot, 'responses', '200');
      const media = contentOf(answer?.node).find(([name]) => name === 'application/json')?.[1];
      if (answer === undefined || media?.kind !== 'map') return;
      const path = [...answer.path, 'content', 'application/json', 'schema'];
      if (!has(media, 'schema')) {
        report({
          path,
          message: 'the 200 answer must have a schema',
          predicted: 'the media type schema of response is required',
          phase: 'plugin',
        });
        return;
      }
      const schema = placedAt(document, answer, 'content', 'application/json', 'schema');
      if (schema === undefined || textAt(schema.node, 'type') === 'object') return;
      const type = child(schema.node, 'type');
      if (type !== undefined && textOf(type) === undefined) return;
      const isPlain = type === undefined && has(schema.node, 'properties');
      report({
        path: [...schema.path, 'type'],
        message: `the schema of the 200 answer must have type: object (got ${showValue(type === undefined ? undefined : toValue(type))})`,
        predicted: "response body only supports 'object' type",
        phase: 'plugin',
        fix: isPlain
          ? fixOf('Add type: object', insertKey(document, schema.node, 'type', written('object')))
          : undefined,
      });
    },
  },
);
