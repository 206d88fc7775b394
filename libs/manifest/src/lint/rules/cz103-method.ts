import { by, defineRule } from '../rule.ts';
import { operationName } from '../spot.ts';

const METHODS = ['get', 'post', 'put', 'delete', 'patch'];

/** Coze calls tools by GET, POST, PUT, DELETE and PATCH; local plugins have only POST. */
export const cz103 = defineRule(
  {
    id: 'CZ103',
    title: 'The method is GET, POST, PUT, DELETE or PATCH; POST in a local plugin',
    stage: 'tools',
    severity: by('error', 'error', 'warning'),
  },
  {
    operation(spot, { report, profile }) {
      const method = spot.key;
      if (!METHODS.includes(method)) {
        report({
          path: spot.path,
          part: 'key',
          message: `the method must be GET, POST, PUT, DELETE or PATCH (got ${method.toUpperCase()})`,
          predicted: `invalid method '${method.toUpperCase()}'`,
          phase: 'tools',
          operation: operationName(spot),
        });
      } else if (profile === 'local' && method !== 'post') {
        const message = `the tools of a local plugin are POST operations (got ${method.toUpperCase()})`;
        report({ path: spot.path, part: 'key', message, stage: 'style' });
      }
    },
  },
);
