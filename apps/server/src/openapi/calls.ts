import {
  type DocumentPart,
  inQuery,
  list,
  object,
  oneOf,
  operation,
  PAGE,
  ref,
  text,
  time,
  whole,
} from './words.ts';

/** `routes/calls.ts` */
export const calls: DocumentPart = {
  schemas: {
    Call: object({
      id: text('Id'),
      tool: text('Tool that was called'),
      mode: text('How it was reached'),
      status: oneOf(['ok', 'failed'], 'How it ended'),
      'code?': text('Code of the failure'),
      'message?': text('What happened'),
      'request_id?': text('Id of the request, which is in the log'),
      'draft_id?': text('Draft it worked on'),
      'job_id?': text('Job it was part of'),
      started_at: time('When it began'),
      duration_ms: whole('How long it took, in milliseconds'),
    }),
  },
  paths: {
    '/v1/activity': {
      get: operation({
        id: 'watchActivity',
        tag: 'Calls',
        summary: 'Jobs that change and calls that end from now on, as server-sent events',
        answers: { 200: text('Events of the types `job` (a Job) and `call` (a Call)') },
        type: 'text/event-stream',
      }),
    },
    '/v1/calls': {
      get: operation({
        id: 'listCalls',
        tag: 'Calls',
        summary: 'Calls of tools, the newest first',
        parameters: [
          inQuery('tool', text('Name of the tool')),
          inQuery('draft_id', text('Id of the draft')),
          inQuery('status', oneOf(['ok', 'failed'], 'How they ended')),
          inQuery('code', text('Code of the failure')),
          inQuery('q', text('Words in the record')),
          inQuery('since', time('Not older than this')),
          inQuery('until', time('Older than this')),
          ...PAGE,
        ],
        answers: {
          200: object({
            total: whole('How many there are'),
            calls: list(ref('Call'), 'One page of them'),
            'next_cursor?': text('Where the next page begins'),
          }),
        },
      }),
    },
  },
};
