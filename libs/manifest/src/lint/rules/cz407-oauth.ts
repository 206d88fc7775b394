import { by, defineRule } from '../rule.ts';
import { readAuth } from '../server/auth.ts';
import { hostOf, isUrl, schemeOf } from '../server/url.ts';

const JSON_TYPE = 'application/json';

/** OAuth has its client and its addresses. */
export const cz407 = defineRule(
  {
    id: 'CZ407',
    title: 'auth of type oauth has a client, a secret and https addresses',
    stage: 'import',
    severity: by('error', 'error', 'warning'),
  },
  {
    manifest({ node }, { report, profile }) {
      const auth = readAuth(node);
      if (auth?.type !== 'oauth') return;
      if (auth.broken !== undefined) {
        const { path, words, phase = 'load' } = auth.broken;
        report({ path, ...words, phase });
        return;
      }
      const { values, base } = auth;
      const at = (key: string) => (auth.isFlat ? [...base, key] : base);
      const say = (key: string, message: string, predicted: string) =>
        report({ path: at(key), message, predicted });
      const content = values.authorization_content_type ?? '';
      const empty = (key: string) => (values[key] ?? '') === '';
      if (empty('client_id')) say('client_id', 'client_id is missing', 'client id is required');
      else if (empty('client_secret'))
        say('client_secret', 'client_secret is missing', 'client secret is required');
      else if (content !== JSON_TYPE) {
        const isForm = profile === 'cloud' && content === 'application/x-www-form-urlencoded';
        report({
          path: at('authorization_content_type'),
          message: `authorization_content_type must be ${JSON_TYPE} (got "${content}")`,
          predicted: `authorization content type must be '${JSON_TYPE}'`,
          ...(isForm ? { severity: 'warning' as const } : {}),
        });
      } else if (empty('authorization_url')) {
        say(
          'authorization_url',
          'authorization_url is missing: the address that gives tokens',
          'token url is required',
        );
      } else if (empty('client_url')) {
        say('client_url', 'client_url is missing: the page where the user agrees', 'client url is required');
      } else {
        for (const [key, name] of [
          ['authorization_url', 'authorization url'],
          ['client_url', 'client url'],
        ] as const) {
          const url = values[key]!;
          if (!isUrl(url) || hostOf(url) === undefined) {
            say(key, `${key} must be an absolute https address (got "${url}")`, `invalid ${name}`);
            return;
          }
          if (schemeOf(url) !== 'https') {
            say(key, `${key} must start with https:// (got "${url}")`, `${name} scheme must be 'https'`);
            return;
          }
        }
      }
    },
  },
);
