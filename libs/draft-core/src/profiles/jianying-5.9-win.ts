import { MATERIALS_45 } from './material-arrays.ts';
import type { Profile } from './profile.ts';

/** JianYing 5.9 on Windows: the last build that reads and saves plain drafts. */
export const jianying59Win: Profile = {
  id: 'jianying-5.9-win',
  title: 'JianYing 5.9 for Windows',
  app: 'jianying',
  os: 'windows',
  builds: '5.9',
  appId: 3704,
  appSource: 'lv',
  markers: {
    appVersion: '5.9.0',
    version: 360000,
    newVersion: '110.0.0',
    skeleton: 'base28',
    materialArrays: MATERIALS_45,
    extraConfig: {},
  },
  colorSpace: 0,
  renderIndexTrackModeOn: false,
  primaryName: 'draft_content.json',
  mirrorNames: ['draft_info.json'],
  masks: { array: 'masks', idSet: 'jy-classic', segmentFlag: false },
  gif: 'video',
  registerMedia: 'optional',
  registerIndex: 'recommended',
  mediaInside: 'optional',
  separator: '\\',
  companions: 'speed',
  encryptsOnSave: false,
  seeding: 'off',
  evidence: 'E4',
  evidenceNote: 'Drafts of this form were opened in 5.9 on Windows, on record.',
};
