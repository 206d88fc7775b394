import { type DocumentPart, flag, inQuery, list, map, object, oneOf, operation, text } from './words.ts';

const tag = 'Operations';
const HEALTH = object({
  success: flag('Whether it is well'),
  status: text('`ok`, or what is the matter'),
  version: text('Version of the program'),
  plugin: object({ name: text('Name of the plugin'), version: text('Its version') }),
  deployment: text('Deployment that is served'),
  modes: list({ type: 'string' }, 'How tools can be reached'),
});
const health = (id: string, summary: string, answers: Parameters<typeof operation>[0]['answers']) => ({
  get: operation({ id, tag, summary, answers }),
});

/** `routes/operations.ts` and `routes/documents.ts` */
export const operations: DocumentPart = {
  schemas: {},
  paths: {
    '/api/health': health('getHealth', 'Whether the server is there', { 200: HEALTH }),
    '/coze/health': health('getSessionHealth', 'The same in the form of the session service', {
      200: map('What `/api/health` says, and the same as the result of a task'),
    }),
    '/livez': health('getLiveness', 'Whether the process lives', { 200: HEALTH }),
    '/readyz': health('getReadiness', 'Whether requests should be sent here', { 200: HEALTH, 503: HEALTH }),
    '/metrics': {
      get: operation({
        id: 'getMetrics',
        tag,
        summary: 'Counters for Prometheus',
        answers: { 200: text('Text form of Prometheus') },
        type: 'text/plain',
      }),
    },
    '/openapi.json': {
      get: operation({
        id: 'getDocument',
        tag,
        summary: 'The document of the tools, or this one',
        parameters: [
          inQuery('profile', oneOf(['coze', 'local', 'full', 'server'], 'Which document')),
          inQuery(
            'texts',
            text('Language of what is said about the tools, such as zh-CN; as written where there is none'),
          ),
        ],
        answers: { 200: map('An OpenAPI document') },
      }),
    },
    '/.well-known/ai-plugin.json': {
      get: operation({
        id: 'getPluginDescription',
        tag,
        summary: 'The description of the plugin',
        answers: { 200: map('What Coze imports') },
      }),
    },
  },
};

/** The page of `app.ts` */
export const page: DocumentPart = {
  feature: 'page',
  schemas: {},
  paths: {
    '/': {
      get: operation({
        id: 'getPage',
        tag,
        summary: 'The page',
        answers: { 200: text('The page') },
        type: 'text/html',
      }),
    },
    '/docs': {
      get: operation({
        id: 'getReference',
        tag,
        summary: 'Leads to the documents as a page',
        answers: { 302: undefined },
      }),
    },
  },
};
