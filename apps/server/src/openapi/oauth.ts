import { OAUTH_PATHS } from '@cozecut/manifest';
import { type DocumentPart, inQuery, map, operation, text } from './words.ts';

const tag = 'OAuth';
const FORM = map('A form or JSON, as OAuth 2.0 describes it');

/** `routes/oauth.ts` */
export const oauth: DocumentPart = {
  feature: 'oauth',
  schemas: {},
  paths: {
    [OAUTH_PATHS.authorize]: {
      get: operation({
        id: 'askForConsent',
        tag,
        summary: 'Asks a person in the browser',
        parameters: [
          'client_id',
          'redirect_uri',
          'response_type',
          'scope',
          'state',
          'code_challenge',
          'code_challenge_method',
        ].map((name) => inQuery(name, text('As OAuth 2.0 describes it'))),
        answers: { 200: text('A page'), 302: undefined },
        type: 'text/html',
      }),
      post: operation({
        id: 'giveConsent',
        tag,
        summary: 'Takes the answer of the person',
        body: FORM,
        answers: { 302: undefined },
      }),
    },
    [OAUTH_PATHS.token]: {
      post: operation({
        id: 'getAccessToken',
        tag,
        summary: 'Gives a token for a code, a refresh token, or to a client that acts for itself',
        body: FORM,
        answers: { 200: map('The token') },
      }),
    },
    '/oauth/revoke': {
      post: operation({
        id: 'revokeAccessToken',
        tag,
        summary: 'Takes a token back',
        body: FORM,
        answers: { 200: undefined },
      }),
    },
  },
};
