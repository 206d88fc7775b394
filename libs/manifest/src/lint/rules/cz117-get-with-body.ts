import { by, defineRule } from '../rule.ts';
import { has, operationName } from '../spot.ts';

/** GET and DELETE have no body. */
export const cz117 = defineRule(
  {
    id: 'CZ117',
    title: 'GET and DELETE have no body',
    stage: 'run',
    severity: by('warning', 'warning', 'warning'),
  },
  {
    operation(spot, { report }) {
      if ((spot.key !== 'get' && spot.key !== 'delete') || !has(spot.node, 'requestBody')) return;
      report({
        path: [...spot.path, 'requestBody'],
        part: 'key',
        message: `${operationName(spot)} has a body, which is not sent`,
        hint: 'Use POST, or query parameters',
      });
    },
  },
);
