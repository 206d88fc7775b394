import { MATERIALS_55, MATERIALS_ALL } from './material-arrays.ts';
import type { Profile } from './profile.ts';

/** JianYing 11.0 to 11.5 on Windows. */
export const jianying11Win: Profile = {
  id: 'jianying-11-win',
  title: 'JianYing 11 for Windows',
  app: 'jianying',
  os: 'windows',
  builds: '11.0-11.5',
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
  nativeMarkers: {
    appVersion: '11.5.0',
    version: 360000,
    newVersion: '187.0.0',
    skeleton: 'ext36',
    materialArrays: MATERIALS_55,
    extraConfig: { use_float_render: false, voice_change_sync: false },
  },
  colorSpace: 0,
  renderIndexTrackModeOn: false,
  primaryName: 'draft_content.json',
  mirrorNames: ['draft_info.json'],
  masks: { array: 'common_mask', idSet: 'jy11', segmentFlag: true },
  gif: 'gif',
  registerMedia: 'recommended',
  registerIndex: 'required',
  mediaInside: 'recommended',
  separator: '\\',
  companions: 'speed',
  encryptsOnSave: true,
  seeding: 'optional',
  evidence: 'E2',
  evidenceNote:
    'File name and index are on record for 11.5 (E4), with files the app had encrypted; plain files rest on one report for 11.3.',
};
