import {
  anything,
  type DocumentPart,
  flag,
  inPath,
  inQuery,
  list,
  number,
  object,
  oneOf,
  operation,
  PAGE,
  ref,
  text,
  time,
  whole,
} from './words.ts';

const ID = inPath('id', 'Id of the job');
const STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'];
const tag = 'Jobs';

/** `routes/jobs.ts` */
export const jobs: DocumentPart = {
  schemas: {
    JobError: object({
      code: text('Code of the failure'),
      message: text('What happened'),
      'hint?': text('What to do'),
      problems: list(ref('Finding'), 'What was found'),
    }),
    Job: object({
      job_id: text('Id'),
      tool: text('Tool that is called'),
      status: oneOf(STATES, 'How far it is'),
      progress: number('From 0 to 1'),
      phase: text('What is being done; `waiting` while it waits for an answer'),
      message: text('More about that'),
      attempt: whole('How often it was begun'),
      drafts: list(
        object({
          draft_id: text('Id of a draft that it makes'),
          'folder_path?': text('Folder of the draft'),
        }),
        'Drafts it works on',
      ),
      created_at: time('When it was asked for'),
      modified_at: time('When it was heard of last'),
      'output?': anything('Output of the tool'),
      'error?': ref('JobError'),
    }),
    Question: object({
      text: text('What is asked'),
      fields: list(
        object({
          name: text('Name of the value'),
          type: text('JSON type of the value, or the kind of file'),
          description: text('What it is for'),
          isRequired: flag('Whether it has to be there'),
        }),
        'The values that are wanted; empty when one text is the answer',
      ),
    }),
  },
  paths: {
    '/v1/jobs': {
      get: operation({
        id: 'listJobs',
        tag,
        summary: 'Jobs, the newest first',
        parameters: [
          inQuery('status', oneOf(STATES, 'How far they are')),
          inQuery('tool', text('Name of the tool')),
          inQuery('draft_id', text('The newest that works on this draft')),
          ...PAGE,
        ],
        answers: {
          200: object({
            total: whole('How many there are'),
            jobs: list(ref('Job'), 'One page of them'),
            'next_cursor?': text('Where the next page begins'),
          }),
        },
      }),
    },
    '/v1/jobs/{id}': {
      get: operation({
        id: 'getJob',
        tag,
        summary: 'One job',
        parameters: [ID],
        answers: { 200: { allOf: [ref('Job'), object({ 'question?': ref('Question') })] } },
      }),
    },
    '/v1/jobs/{id}/answer': {
      post: operation({
        id: 'answerJob',
        tag,
        summary: 'Answers the question a job waits with',
        parameters: [ID],
        body: object({
          answer: {
            description: 'A text, or the values that are asked for',
            oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }],
          },
        }),
        answers: { 202: object({ job_id: text('Id'), status: text('How far it is') }) },
      }),
    },
    '/v1/jobs/{id}/cancel': {
      post: operation({
        id: 'cancelJob',
        tag,
        summary: 'Stops a job',
        parameters: [ID],
        answers: { 200: ref('Job') },
      }),
    },
    '/v1/jobs/{id}/retry': {
      post: operation({
        id: 'retryJob',
        tag,
        summary: 'Does again what a job that has ended did',
        parameters: [ID],
        answers: { 202: ref('Job') },
      }),
    },
    '/v1/jobs/{id}/events': {
      get: operation({
        id: 'watchJob',
        tag,
        summary: 'What happens to a job, as server-sent events',
        parameters: [ID],
        answers: { 200: text('Events of the type `job`'), 204: undefined },
        type: 'text/event-stream',
      }),
    },
  },
};
