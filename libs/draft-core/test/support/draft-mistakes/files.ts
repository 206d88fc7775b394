import { DRAFT_PATH_TOKEN, type LookedAtFile } from '../../../src/index.ts';
import { clip, companion, type DraftMistake, file, GUID, inFiles, sound } from './parts.ts';

/** A minimal breaking draft for every rule about files, registration and profiles. */
export const filesMistakes: readonly DraftMistake[] = [
  {
    code: 'DR120',
    what: 'a file that is gone',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      file(c, sound(c)).path = './gone.mp3';
      for (const entry of m.draft_materials[0].value)
        if (entry.file_Path === old) entry.file_Path = './gone.mp3';
    },
  },
  {
    code: 'DR121',
    what: 'an address',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      file(c, sound(c)).path = 'https://example.com/a.mp3';
      for (const entry of m.draft_materials[0].value)
        if (entry.file_Path === old) entry.file_Path = 'https://example.com/a.mp3';
    },
  },
  {
    code: 'DR122',
    what: 'a file elsewhere',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = process.execPath;
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value) if (entry.file_Path === old) entry.file_Path = path;
    },
    profile: 'jianying-11-mac',
  },
  {
    code: 'DR123',
    what: 'a file on the desktop',
    profile: 'jianying-11-mac',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = '/Users/me/Desktop/a.mp3';
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value) if (entry.file_Path === old) entry.file_Path = path;
    },
    also: ['DR120'],
  },
  {
    code: 'DR124',
    what: 'a Windows path',
    profile: 'jianying-11-mac',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = 'C:\\a.mp3';
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value) if (entry.file_Path === old) entry.file_Path = path;
    },
    also: ['DR122'],
  },
  {
    code: 'DR126',
    what: 'a path that leaves the draft',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = '../../a.mp3';
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value) if (entry.file_Path === old) entry.file_Path = path;
    },
  },
  { code: 'DR127', what: 'names that differ in case only', files: { 'a.TXT': '1', 'A.txt': '2' } },
  {
    code: 'DR130',
    what: 'no width',
    change: (c) => {
      file(c, clip(c)).width = 0;
    },
  },
  {
    code: 'DR131',
    what: 'a foreign token',
    change: (c, m) => {
      const old = file(c, sound(c)).path;
      const path = old.replace(/^.*(?=\/assets)/, `##_draftpath_placeholder_${GUID}_##`);
      file(c, sound(c)).path = path;
      for (const entry of m.draft_materials[0].value)
        if (entry.file_Path === old) entry.file_Path = path.replace(/^##.*##/, DRAFT_PATH_TOKEN);
    },
    fixable: true,
  },
  {
    code: 'DR140',
    what: 'a file that is not listed',
    profile: 'jianying-11-mac',
    change: (_c, m) => {
      m.draft_materials[0].value.pop();
    },
    fixable: true,
  },
  {
    code: 'DR141',
    what: 'a blank link',
    profile: 'jianying-11-mac',
    change: (c) => {
      file(c, sound(c)).local_material_id = '';
    },
    fixable: true,
  },
  { code: 'DR142', what: 'no file for Windows', files: { 'draft_content.json': undefined } },
  { code: 'DR143', what: 'mirrors differ', files: { 'draft_info.json': '{"tracks":[]}' } },
  {
    code: 'DR144',
    what: 'no version',
    change: (c) => {
      delete c.new_version;
    },
    fixable: true,
  },
  {
    code: 'DR146',
    what: 'a device id',
    change: (c) => {
      c.platform.device_id = 'c4ca4238a0b923820dcc509a6f75849b';
    },
    fixable: true,
  },
  {
    code: 'DR147',
    what: 'not in the list of the app',
    files: { '../root_meta_info.json': '{"all_draft_store":[]}' },
  },
  {
    code: 'DR156',
    what: 'another length in the list of the app',
    files: {
      '../root_meta_info.json': JSON.stringify({
        all_draft_store: [{ draft_fold_path: 'C:\\drafts\\My draft', tm_duration: 5_000_000 }],
      }),
    },
  },
  {
    code: 'DR128',
    what: 'a picture with another extension',
    options: {
      files: inFiles(/\.png$/, {
        extension: 'jpg',
        facts: { kind: 'photo', width: 800, height: 600, durationUs: 0, hasAudio: false },
      }),
    },
  },
  ...[
    ['whose frame rate changes', [{ type: 'video', isVariableRate: true }]],
    ['that is stored on its side', [{ type: 'video', rotation: 90 }]],
    ['with two pictures', [{ type: 'video' }, { type: 'audio' }, { type: 'video' }]],
  ].map(([what, streams]) => ({
    code: 'DR129',
    what: `a video ${what}`,
    options: {
      files: inFiles(/\.mp4$/, {
        extension: 'mp4',
        facts: { kind: 'video', width: 1920, height: 1080, durationUs: 10_000_000, hasAudio: true },
        streams,
      } as LookedAtFile),
    },
  })),
  {
    code: 'DR132',
    what: 'a sound that is longer than it says',
    options: {
      files: inFiles(/\.mp3$/, {
        extension: 'mp3',
        facts: { kind: 'audio', width: 0, height: 0, durationUs: 31_000_000, hasAudio: true },
      }),
    },
    fixable: true,
  },
  {
    code: 'DR145',
    what: 'markers of long ago',
    options: { newestVersion: '8.1.0' },
  },
  {
    code: 'DR148',
    what: 'another timeline below',
    files: {
      [`Timelines/${GUID}/draft_content.json`]: '{"tracks":[]}',
      'Timelines/project.json': `{"main_timeline_id":"${GUID}"}`,
    },
    also: ['DR018', 'DR015', 'DR034', 'DR144', 'DR156'],
  },
  {
    code: 'DR154',
    what: 'no name',
    change: (_c, m) => {
      m.draft_name = '';
    },
    fixable: true,
  },
  {
    code: 'DR154',
    what: 'no time of its making',
    change: (_c, m) => {
      m.tm_draft_create = 0;
    },
    fixable: true,
  },
  {
    code: 'DR155',
    what: 'no cover in a list',
    files: {
      'draft_cover.jpg': undefined,
      '../root_meta_info.json': '{"all_draft_store":[{"draft_fold_path":"/drafts/My draft"}]}',
    },
  },
  {
    code: 'DR156',
    what: 'an old length',
    change: (_c, m) => {
      m.tm_duration = 1;
    },
    fixable: true,
  },
  {
    code: 'DR157',
    what: 'an array that nobody reads',
    change: (c) => {
      companion(c, clip(c), 'glitters', {});
    },
  },
];
