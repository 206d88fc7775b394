import { PICTURE_WIDTH } from '../http/picture-width.ts';
import { findings } from './findings.ts';
import { type DocumentPart, list, object, oneOf, operation, ref, text, whole } from './words.ts';

const UNITS = ['s', 'ms', 'us'];
const POSITION = object({ line: whole('Counted from 1'), column: whole('Counted from 1') });

/** `routes/check.ts` and `routes/text.ts` */
export const check: DocumentPart = {
  schemas: {
    PlacedFinding: {
      allOf: [ref('Finding'), object({ 'start?': POSITION, 'end?': POSITION })],
      description: 'A finding with its place in the text, where it has one',
    },
    CheckedDraft: object({
      name: text('Name'),
      tracks: whole('Number of tracks'),
      clips: whole('Number of clips'),
      media: whole('Number of files it plays'),
      'duration_us?': whole('Length in microseconds; missing while the unit of its times is not known'),
      'svg?': text('Picture of the timeline; missing while there is an error'),
    }),
    Checked: findings(ref('PlacedFinding'), {
      'format?': object({ id: text('Name for `from`'), title: text('Name for people') }),
      drafts: list(ref('CheckedDraft'), 'The drafts of the text'),
      unit_choices: list(
        object({ unit: oneOf(UNITS, 'Unit of the times'), duration_us: whole('Length in microseconds') }),
        'How long the first draft would be, by unit; empty when the unit is known',
      ),
    }),
  },
  paths: {
    '/v1/text': {
      post: operation({
        id: 'readText',
        tag: 'Drafts',
        summary: 'The text of a file, in whatever encoding it is; pictures, zips and the like are refused',
        body: text('The file', { format: 'binary' }),
        bodyType: 'application/octet-stream',
        answers: { 200: object({ text: text('Without a byte order mark') }) },
      }),
    },
    '/v1/check': {
      post: operation({
        id: 'checkInput',
        tag: 'Drafts',
        summary: 'Looks at what drafts are to be made of; nothing is fetched and nothing is made',
        body: object({
          content: text('The text: an export, a timeline, subtitles'),
          'from?': text('Format of the text; it is found out when it is left out'),
          'file_name?': text('Name of the file it comes from'),
          'time_unit?': oneOf(['auto', ...UNITS], 'Unit of the times'),
          'profile?': text('App the drafts are for'),
          'theme?': oneOf(['light', 'dark', 'auto'], 'Colours of the picture'),
          'width?': whole('Width of the picture in pixels', PICTURE_WIDTH),
        }),
        answers: { 200: ref('Checked') },
      }),
    },
  },
};
