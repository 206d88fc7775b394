import { MATERIALS_ALL } from './material-arrays.ts';
import type { Profile } from './profile.ts';

/** JianYing 6.0 to 10.8 on Windows: reads plain drafts, encrypts what it saves. */
export const jianying610Win: Profile = {
  id: 'jianying-6-10-win',
  title: 'JianYing 6 to 10 for Windows',
  app: 'jianying',
  os: 'windows',
  builds: '6.0-10.8',
  olderBuilds: 'jianying-6-10-win@8.4',
  appId: 3704,
  appSource: 'lv',
  markers: {
    appVersion: '5.9.0',
    version: 360000,
    newVersion: '110.0.0',
    skeleton: 'base28',
    materialArrays: MATERIALS_ALL,
    extraConfig: {},
  },
  colorSpace: 0,
  renderIndexTrackModeOn: false,
  primaryName: 'draft_content.json',
  mirrorNames: ['draft_info.json'],
  masks: { array: 'common_mask', idSet: 'jy11', segmentFlag: true },
  gif: 'video',
  registerMedia: 'optional',
  registerIndex: 'recommended',
  mediaInside: 'optional',
  separator: '\\',
  companions: 'speed',
  encryptsOnSave: true,
  seeding: 'off',
  evidence: 'E4',
  evidenceNote:
    'Opened in 10.8, on record. Masks of 8.5 and later are our inference; the old ones are dead there.',
};

/** The same up to 8.4, which still reads the old masks. */
export const jianying68Win: Profile = {
  ...withoutOlder(jianying610Win),
  id: 'jianying-6-10-win@8.4',
  title: 'JianYing 6 to 8.4 for Windows',
  builds: '6.0-8.4',
  masks: { array: 'masks', idSet: 'jy-classic', segmentFlag: false },
  evidenceNote: 'Drafts of this form were opened in 6.x on Windows, on record.',
};

function withoutOlder({ olderBuilds: _, ...profile }: Profile): Profile {
  return profile;
}
