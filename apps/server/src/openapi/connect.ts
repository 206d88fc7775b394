import {
  type DocumentPart,
  flag,
  inPath,
  list,
  object,
  oneOf,
  operation,
  ref,
  text,
  whole,
} from './words.ts';

const tag = 'Connect';

/** `routes/connect.ts` */
export const connect: DocumentPart = {
  schemas: {
    ConnectionCheck: object({
      id: oneOf(
        ['address', 'connection', 'identity', 'document', 'authorization', 'tools'],
        'What was looked at',
      ),
      state: oneOf(['ok', 'fail', 'skip'], 'How it is'),
      'code?': text('Why it failed'),
      message: text('What was found'),
      'hint?': text('What to do'),
    }),
  },
  paths: {
    '/v1/connect': {
      get: operation({
        id: 'getConnection',
        tag,
        summary: 'What others need in order to reach this server',
        answers: {
          200: object({
            'public_url?': text('Address under which others reach it'),
            openapi_url: text('Document to import'),
            ai_plugin_url: text('Description of the plugin'),
            needs_token: flag('Whether callers have to show a token'),
            tools: whole('How many tools can be called over HTTP'),
          }),
        },
      }),
    },
    '/v1/connect/proof/{nonce}': {
      get: operation({
        id: 'proveIdentity',
        tag,
        summary: 'Answers the question of a server that calls itself',
        parameters: [inPath('nonce', 'The question')],
        answers: {
          200: object({
            proof: text('The answer'),
            authorization: text('Hash of the header `Authorization`'),
          }),
        },
      }),
    },
  },
};

/** The part of `routes/connect.ts` for servers that may call themselves */
export const verify: DocumentPart = {
  feature: 'verify',
  schemas: {},
  paths: {
    '/v1/connect/verify': {
      post: operation({
        id: 'verifyConnection',
        tag,
        summary: 'The server calls itself at its public address and says what Coze would meet',
        answers: {
          200: object({
            'public_url?': text('Address that was asked'),
            is_reachable: flag('Whether nothing failed'),
            checks: list(ref('ConnectionCheck'), 'What was looked at, in order'),
          }),
        },
      }),
    },
  },
};
