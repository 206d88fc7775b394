import { type DocumentPart, inPath, object, operation, ref, text, whole } from './words.ts';

const tag = 'Owners';
const OWNER = inPath('owner', 'Name of the owner');

/** `routes/owners.ts` */
export const owners: DocumentPart = {
  schemas: {
    OwnerLimits: object({
      'drafts?': whole('Drafts that it may keep', { minimum: 1 }),
      'bytes?': whole('Bytes of its timelines and files together', { minimum: 1 }),
      'keep_drafts_s?': whole('Seconds after the last change of a draft until it is removed', { minimum: 1 }),
    }),
    Owner: object({
      owner: text('Name'),
      drafts: whole('Drafts that it keeps'),
      draft_bytes: whole('Bytes of their timelines'),
      file_bytes: whole('Bytes of its files'),
      limits: ref('OwnerLimits'),
    }),
  },
  paths: {
    '/v1/owners/{owner}': {
      get: operation({
        id: 'getOwner',
        tag,
        summary: 'How much an owner keeps, and how much it may',
        parameters: [OWNER],
        answers: { 200: ref('Owner') },
      }),
      put: operation({
        id: 'limitOwner',
        tag,
        summary: 'Says how much an owner may keep',
        parameters: [OWNER],
        body: object({ limits: { oneOf: [ref('OwnerLimits'), { type: 'null' }] } }),
        answers: { 200: ref('Owner') },
      }),
    },
  },
};
