import { child, itemsOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { contentOf, has, placedAt } from '../spot.ts';

/** A body says what it holds. */
export const cz201 = defineRule(
  {
    id: 'CZ201',
    title: 'A request body has content',
    stage: 'import',
    severity: by('error', 'error', 'off'),
  },
  {
    requestBody({ node, path, prefix }, { report }) {
      if (has(node, 'content')) return;
      report({
        path: [...path, 'content'],
        message: 'a request body must have content',
        hint: 'content: { application/json: { schema: { type: object } } }',
        predicted: `${prefix}content of the request body is required`,
      });
    },
    operation(spot, { document, report }) {
      const body = placedAt(document, spot, 'requestBody');
      if (body === undefined || !has(body.node, 'content') || contentOf(body.node).length > 0) return;
      if (itemsOf(child(body.node, 'content')).length > 0) return;
      report({
        path: [...body.path, 'content'],
        message: 'the content of a request body must not be empty',
        hint: 'Leave requestBody out when the tool takes no arguments',
        predicted: 'request body is required',
        phase: 'plugin',
      });
    },
  },
);
