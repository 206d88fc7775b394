import { by, defineRule } from '../rule.ts';
import { readAuth } from '../server/auth.ts';

/** A token of a service has a value, a name and a place. */
export const cz406 = defineRule(
  {
    id: 'CZ406',
    title: 'auth of type service_http has a token, a key and a location',
    stage: 'import',
    severity: by('error', 'error', 'warning'),
  },
  {
    manifest({ node }, { report }) {
      const auth = readAuth(node);
      if (auth?.type !== 'service_http') return;
      if (auth.broken !== undefined) {
        report({ path: auth.broken.path, ...auth.broken.words, phase: 'load' });
        return;
      }
      const { values, base } = auth;
      const at = (key: string) => (auth.isFlat ? [...base, key] : base);
      const { service_token: token = '', key = '', location = '' } = values;
      if (token === '') {
        report({
          path: at('service_token'),
          message: 'the service token is missing',
          hint: 'payload: "{\\"key\\": \\"Authorization\\", \\"service_token\\": \\"…\\", \\"location\\": \\"header\\"}"',
          predicted: 'service token is required',
        });
      } else if (key === '') {
        report({
          path: at('key'),
          message: 'the name of the header or parameter (key) is missing',
          predicted: 'key is required',
        });
      } else if (!['header', 'query'].includes(location.toLowerCase())) {
        report({
          path: at('location'),
          message: `the location of a service token must be header or query (got "${location}")`,
          predicted: `invalid location '${auth.isFlat ? location.toLowerCase() : location}'`,
        });
      }
    },
  },
);
