import { type DocumentPart, flag, list, map, object, oneOf, operation, ref, text, whole } from './words.ts';

/** What every part refers to, and who calls. */
export const common: DocumentPart = {
  schemas: {
    Finding: object({
      code: text('Rule that was broken'),
      severity: oneOf(['error', 'warning', 'info'], 'How bad it is'),
      message: text('What was expected, what came, and where'),
      'pointer?': text('Where in the input, as a JSON pointer'),
      'hint?': text('What to do'),
      'suggestions?': list({ type: 'string' }, 'Words that may have been meant'),
    }),
    Failure: object({
      type: text('Address of a page about this kind of failure'),
      title: text('The code again'),
      status: whole('HTTP status'),
      detail: text('What was expected, and what came'),
      code: text('Code of the failure'),
      'hint?': text('What to do'),
      problems: list(ref('Finding'), 'What was found'),
    }),
  },
  paths: {
    '/v1/me': {
      get: operation({
        id: 'getMe',
        tag: 'Server',
        summary: 'Who calls, and what this server has',
        answers: {
          200: object({
            owner: text('Owner of what this caller makes'),
            scopes: list({ type: 'string' }, 'What the caller may do; `*` is everything'),
            needs_token: flag('Whether callers have to show a token'),
            features: list({ type: 'string' }, 'Parts that not every server has'),
            version: text('Version of the program'),
            plugin: object({
              name: text('Name of the plugin'),
              version: text('Its version'),
              title: { ...map('Its title by language'), additionalProperties: { type: 'string' } },
            }),
            deployment: text('Deployment that is served'),
            modes: list({ type: 'string' }, 'How tools can be reached'),
          }),
        },
      }),
    },
  },
};
