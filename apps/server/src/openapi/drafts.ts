import { PICTURE_WIDTH, USUAL_WIDTH } from '../http/picture-width.ts';
import { findings } from './findings.ts';
import {
  anything,
  type DocumentPart,
  flag,
  inPath,
  inQuery,
  list,
  map,
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

const ID = inPath('id', 'Id of the draft');
const PASS = [
  inPath('pass', 'What opens the files, for some time'),
  inPath('sha256', 'SHA-256 of the zip that they are in'),
];
const LINKS = object({ 'archive?': text('Address of the zip') });
const tag = 'Drafts';

/** `routes/draft-api.ts` and `routes/drafts.ts` */
export const drafts: DocumentPart = {
  schemas: {
    Draft: object({
      draft_id: text('Id'),
      name: text('Name'),
      status: oneOf(['open', 'completed'], 'Whether it was written'),
      revision: whole('Grows with each change'),
      'folder_path?': text('Folder that was written'),
      created_at: time('When it was begun'),
      modified_at: time('When it was changed last'),
      links: LINKS,
    }),
    DraftStatus: object({
      success: flag('Whether it has not failed'),
      draft_id: text('Id'),
      status: oneOf(['open', 'processing', 'completed', 'failed', 'cancelled'], 'How far it is'),
      progress: number('From 0 to 1'),
      phase: text('What is being done'),
      message: text('More about that'),
      problems: list(ref('Finding'), 'What was found'),
      'error?': object({ code: text('Code of the failure'), http_status: whole('HTTP status') }),
      'folder_path?': text('Folder of the draft'),
      'job_id?': text('Job that makes it'),
      links: LINKS,
    }),
  },
  paths: {
    '/api/draft/status/{id}': {
      get: operation({
        id: 'getDraftStatus',
        tag,
        summary: 'How far a draft is',
        parameters: [ID],
        answers: { 200: ref('DraftStatus') },
      }),
    },
    '/api/draft/list': {
      get: operation({
        id: 'listDrafts',
        tag,
        summary: 'Drafts, the newest first',
        parameters: [inQuery('q', text('Words in the name, or an id')), ...PAGE],
        answers: {
          200: object({
            success: flag('True'),
            total: whole('How many there are'),
            drafts: list(ref('Draft'), 'One page of them'),
            'next_cursor?': text('Where the next page begins'),
          }),
        },
      }),
    },
    '/v1/drafts/{id}/archive': {
      get: operation({
        id: 'getArchive',
        tag,
        summary: 'The draft as a zip, as it was last saved',
        parameters: [ID],
        answers: { 200: text('The zip', { format: 'binary' }) },
        type: 'application/zip',
      }),
    },
    '/v1/drafts/{id}/archive/{sha256}.zip': {
      get: operation({
        id: 'getArchiveByHash',
        tag,
        summary: 'One zip of a draft, as a save has answered with it; the last four are kept',
        parameters: [ID, inPath('sha256', 'SHA-256 of the zip, as the save has answered it')],
        answers: { 200: text('The zip', { format: 'binary' }) },
        type: 'application/zip',
      }),
    },
    '/v1/files/{pass}/{sha256}/{id}': {
      get: operation({
        id: 'listFiles',
        tag,
        summary: 'Addresses of the files of a draft, as `get_draft` has given this one',
        parameters: [...PASS, ID],
        answers: {
          200: object({
            code: whole('0'),
            draft_id: text('Id of the draft'),
            revision: whole('State of the draft that the files have'),
            files: list({ type: 'string' }, 'Addresses, each open for a day'),
          }),
        },
      }),
    },
    '/v1/files/{pass}/{sha256}/{id}/{path}': {
      get: operation({
        id: 'getFile',
        tag,
        summary: 'One file of a draft, or a part of it; the path may have several parts',
        parameters: [...PASS, ID, inPath('path', 'Place of the file in the draft folder')],
        answers: { 200: text('The file', { format: 'binary' }) },
        type: 'application/octet-stream',
      }),
    },
    '/v1/drafts/{id}/timeline.svg': {
      get: operation({
        id: 'drawDraft',
        tag,
        summary: 'A picture of the timeline',
        parameters: [
          ID,
          inQuery('revision', whole('Which state', { minimum: 0 })),
          inQuery('theme', oneOf(['light', 'dark', 'auto'], 'Colours')),
          inQuery('width', whole('Width in pixels', { ...PICTURE_WIDTH, default: USUAL_WIDTH })),
        ],
        answers: { 200: text('The picture') },
        type: 'image/svg+xml',
      }),
    },
    '/v1/drafts/{id}/timeline': {
      get: operation({
        id: 'getTimeline',
        tag,
        summary: 'The timeline of a draft as it is, or as it was',
        parameters: [ID, inQuery('revision', whole('Which state', { minimum: 0 }))],
        answers: { 200: map('The timeline') },
      }),
    },
    '/v1/drafts/{id}/findings': {
      get: operation({
        id: 'getFindings',
        tag,
        summary: 'What is wrong with a draft as it is, or as it was; the files that it plays are not opened',
        parameters: [ID, inQuery('revision', whole('Which state', { minimum: 0 }))],
        answers: { 200: findings(ref('Finding')) },
      }),
    },
    '/v1/drafts/{id}/revisions': {
      get: operation({
        id: 'listRevisions',
        tag,
        summary: 'Former states of a draft, the newest first',
        parameters: [ID, PAGE[0]!, inQuery('cursor', whole('`next_cursor` of the page before'))],
        answers: {
          200: object({
            revisions: list(
              object({ revision: whole('Number'), bytes: whole('Size in bytes'), created_at: time('When') }),
              'One page of them',
            ),
            'next_cursor?': whole('Where the next page begins'),
          }),
        },
      }),
    },
    '/v1/drafts/{id}/events': {
      get: operation({
        id: 'watchDraft',
        tag,
        summary: 'What happens to a draft, as server-sent events',
        parameters: [ID],
        answers: { 200: text('Events of the types `draft` and `job`') },
        type: 'text/event-stream',
      }),
    },
  },
};

/** The part of `routes/draft-api.ts` for plugins that have the tool behind it */
export const generate: DocumentPart = {
  feature: 'generate',
  schemas: {},
  paths: {
    '/api/draft/generate': {
      post: operation({
        id: 'generateDrafts',
        tag,
        summary: 'Makes drafts of an export',
        body: {
          ...map('Input of the tool generate_draft'),
          required: ['content'],
          properties: { content: anything('The export') },
        },
        answers: Object.fromEntries(
          [200, 202].map((status) => [
            status,
            object({
              success: flag('True'),
              status: oneOf(['completed', 'processing'], 'Whether they are ready'),
              message: text('The same for people'),
              draft_ids: list({ type: 'string' }, 'Ids of the drafts'),
              drafts: list(
                object({ draft_id: text('Id'), 'folder_path?': text('Folder of the draft') }),
                'The drafts',
              ),
              job_id: text('Job that makes them'),
            }),
          ]),
        ),
      }),
    },
  },
};
