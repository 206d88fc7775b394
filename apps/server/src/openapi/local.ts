import { ADMIN_SCOPE } from '../http/caller.ts';
import { type DocumentPart, flag, list, map, object, oneOf, operation, ref, text, whole } from './words.ts';

const tag = 'Local service';
const KIND = oneOf(['bot', 'workflow'], 'What is talked to');
const REGION = oneOf(['cn', 'com', 'studio'], 'Where it is: coze.cn, coze.com or a service of one’s own');
const state = (id: string, summary: string, status: number, body?: object) => ({
  post: operation({
    id,
    tag,
    summary,
    ...(body === undefined ? {} : { body: body as ReturnType<typeof object> }),
    answers: { [status]: ref('LocalState') },
  }),
});

/** `routes/local.ts`: for callers on the machine of the server, or with the scope `admin`. */
export const local: DocumentPart = {
  feature: 'local',
  schemas: {
    LocalState: object({
      status: oneOf(['off', 'starting', 'listening', 'thinking', 'error'], 'How it stands'),
      'target?': object({
        kind: KIND,
        name: text('Name of the binding, or the id'),
        id: text('Id at Coze'),
        region: REGION,
        base_url: text('Address of the API'),
      }),
      'conversation_id?': text('Conversation that messages go to'),
      'error?': object({
        code: text('Code of the failure'),
        message: text('Why the start or the last turn failed'),
        'hint?': text('What to do'),
        'log_id?': text('Id of the request in the logs of Coze'),
      }),
      'question?': object({
        id: whole('Number of the question'),
        kind: oneOf(['reply', 'info', 'question', 'input', 'authorization'], 'Who asks for what'),
        text: text('What is asked; may be empty'),
        'parameters?': map('Parameters of a form by name, as Coze describes them'),
        'infos?': list({ type: 'string' }, 'Facts that a bot wants'),
      }),
    }),
    LocalChoice: object({
      name: text('Name of the binding'),
      region: REGION,
      'id?': text('Id; missing while its variable is not set'),
      'base_url?': text('Address of the API'),
    }),
  },
  paths: {
    '/v1/local': {
      get: operation({
        id: 'getLocalService',
        tag,
        summary: 'How the local service stands, and what it can be started with',
        answers: {
          200: {
            allOf: [
              ref('LocalState'),
              object({
                choices: object({
                  bots: list(ref('LocalChoice'), 'Bots of the manifest'),
                  workflows: list(ref('LocalChoice'), 'Workflows of the manifest'),
                  has_token: flag('Whether the deployment has a token for Coze'),
                }),
              }),
            ],
          },
        },
      }),
    },
    '/v1/local/start': state(
      'startLocalService',
      `Starts to talk with a bot or a workflow; needs the scope ${ADMIN_SCOPE} away from the machine of the server`,
      202,
      object({
        kind: KIND,
        'binding?': text('Name of a bot or workflow of the manifest'),
        'id?': text('Id at Coze; stands above that of the binding'),
        'region?': REGION,
        'base_url?': text('Address of the API; one that the server does not know needs `token`'),
        'token?': text('Token for Coze; kept in memory until the service is stopped'),
        'token_secret?': text('Reference to a token, such as `secret:COZE_API_TOKEN`'),
        'conversation_id?': text('Conversation to go on with'),
      }),
    ),
    '/v1/local/stop': state('stopLocalService', 'Ends it and forgets the token', 200),
    '/v1/local/cancel': state('cancelLocalTurn', 'Ends the turn or run that goes on', 202),
    '/v1/local/messages': state(
      'sayLocally',
      'Says something to the bot',
      202,
      object({ message: text('What is said', { maxLength: 100_000 }) }),
    ),
    '/v1/local/runs': state(
      'runLocally',
      'Runs the workflow',
      202,
      object({ 'parameters?': map('Parameters of the start node by name') }),
    ),
    '/v1/local/answers': state(
      'answerLocally',
      'Answers what is asked',
      202,
      object({
        answer: { anyOf: [text('A text'), map('The parameters of the form by name')] },
        'question_id?': whole('Number of the question that is meant'),
      }),
    ),
    '/v1/local/events': {
      get: operation({
        id: 'watchLocalService',
        tag,
        summary: 'What happens, as server-sent events: those of `listen --jsonl`, and `service.state`',
        answers: { 200: text('Events; `Last-Event-ID` goes on behind one') },
        type: 'text/event-stream',
      }),
    },
  },
};
