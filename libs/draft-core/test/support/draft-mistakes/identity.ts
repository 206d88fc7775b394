import { clip, type DraftMistake, file, GUID, poster, sound, title } from './parts.ts';

/** A minimal breaking draft for every rule about identity and references. */
export const identityMistakes: readonly DraftMistake[] = [
  {
    code: 'DR030',
    what: 'a missing material',
    change: (c) => {
      title(c).material_id = 'gone';
    },
    also: ['DR032'],
  },
  {
    code: 'DR031',
    what: 'a reference to nothing',
    change: (c) => {
      title(c).extra_material_refs.push('gone');
    },
    fixable: true,
  },
  {
    code: 'DR032',
    what: 'a material of nobody',
    change: (c) => {
      c.materials.speeds.push({ id: 'nobody', type: 'speed', speed: 1 });
    },
  },
  {
    code: 'DR033',
    what: 'the id of a template',
    change: (c) => {
      c.id = '91E08AC5-22FB-47e2-9AA0-7DC300FAEA2B';
    },
    fixable: true,
  },
  {
    code: 'DR033',
    what: 'the id of a template, which another file names, too',
    change: (c) => {
      c.id = '91E08AC5-22FB-47E2-9AA0-7DC300FAEA2B';
    },
    files: {
      'Timelines/project.json': '{"main_timeline_id":"91E08AC5-22FB-47E2-9AA0-7DC300FAEA2B"}',
    },
  },
  {
    code: 'DR033',
    what: 'the id of another draft',
    change: (_c, m) => {
      m.draft_id = GUID;
    },
    files: {
      '../root_meta_info.json': JSON.stringify({
        all_draft_store: [{ draft_id: GUID, draft_name: 'Other', draft_fold_path: '/drafts/Other' }],
      }),
    },
    also: ['DR147'],
    fixable: true,
  },
  {
    code: 'DR033',
    what: 'the id of another draft, which the list has for both',
    change: (_c, m) => {
      m.draft_id = GUID;
    },
    files: {
      '../root_meta_info.json': JSON.stringify({
        all_draft_store: [
          { draft_id: GUID, draft_name: 'Other', draft_fold_path: '/drafts/Other' },
          { draft_id: GUID, draft_name: 'My draft', draft_fold_path: '/drafts/My draft' },
        ],
      }),
    },
  },
  {
    code: 'DR034',
    what: 'another main timeline',
    files: { 'Timelines/project.json': `{"main_timeline_id":"${GUID}"}` },
    fixable: true,
  },
  {
    code: 'DR035',
    what: 'a file as two materials',
    change: (c) => {
      const copy = { ...file(c, clip(c)), id: 'copy', material_id: 'copy' };
      c.materials.videos.push(copy);
      clip(c, 1).material_id = 'copy';
    },
    also: ['DR032'],
    fixable: true,
  },
  {
    code: 'DR036',
    what: 'a video that says photo',
    change: (c) => {
      file(c, clip(c)).type = 'photo';
    },
    fixable: true,
  },
  {
    code: 'DR036',
    what: 'a stray key',
    change: (c) => {
      file(c, clip(c)).material_type = 'video';
    },
    fixable: true,
  },
  {
    code: 'DR036',
    what: 'a still with the length of a clip',
    change: (c) => {
      file(c, poster(c)).duration = 3_000_000;
    },
    fixable: true,
  },
  {
    code: 'DR037',
    what: 'a sound that is a video',
    change: (c) => {
      sound(c).material_id = clip(c).material_id;
    },
    also: ['DR032'],
  },
];
