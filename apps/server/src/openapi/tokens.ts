import { MAX_LIFETIME_S } from '../routes/tokens.ts';
import {
  type DocumentPart,
  inPath,
  inQuery,
  list,
  object,
  operation,
  ref,
  text,
  time,
  whole,
} from './words.ts';

const tag = 'Tokens';

/** `routes/tokens.ts` */
export const tokens: DocumentPart = {
  schemas: {
    Token: object({
      id: text('Id'),
      name: text('Name'),
      owner: text('Owner of what its holder makes'),
      scopes: list({ type: 'string' }, 'What its holder may do'),
      created_at: time('When it was made'),
      'expires_at?': time('When it ends'),
      'last_used_at?': time('When it was shown last'),
      'revoked_at?': time('When it was taken back'),
    }),
  },
  paths: {
    '/v1/tokens': {
      get: operation({
        id: 'listTokens',
        tag,
        summary: 'Tokens, without their text',
        parameters: [inQuery('owner', text('Only those of this owner'))],
        answers: { 200: object({ tokens: list(ref('Token'), 'The tokens') }) },
      }),
      post: operation({
        id: 'createToken',
        tag,
        summary: 'Makes a token; its text is told once',
        body: object({
          name: text('Name', { minLength: 1, maxLength: 100 }),
          'owner?': text('Owner; whoever asks when it is left out', { minLength: 1, maxLength: 100 }),
          'scopes?': list({ type: 'string' }, 'What its holder may do; `tools:call` when it is left out'),
          'expires_in?': whole('Seconds until it ends', { minimum: 1, maximum: MAX_LIFETIME_S }),
        }),
        answers: { 201: { allOf: [ref('Token'), object({ token: text('The token') })] } },
      }),
    },
    '/v1/tokens/{id}': {
      delete: operation({
        id: 'revokeToken',
        tag,
        summary: 'Takes a token back',
        parameters: [inPath('id', 'Id of the token')],
        answers: { 204: undefined },
      }),
    },
  },
};
