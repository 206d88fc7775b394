import { MATERIALS_55, MATERIALS_ALL } from './material-arrays.ts';
import type { Profile } from './profile.ts';

/** JianYing 11.2 to 11.6 on macOS: a sandboxed app that needs its media inside of the draft and listed. */
export const jianying11Mac: Profile = {
  id: 'jianying-11-mac',
  title: 'JianYing 11 for macOS',
  app: 'jianying',
  os: 'mac',
  builds: '11.2-11.6',
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
    appVersion: '11.4.0',
    version: 360000,
    newVersion: '185.0.0',
    skeleton: 'ext36',
    materialArrays: MATERIALS_55,
    extraConfig: { use_float_render: false, voice_change_sync: false },
  },
  colorSpace: 0,
  renderIndexTrackModeOn: false,
  primaryName: 'draft_info.json',
  mirrorNames: ['draft_content.json'],
  masks: { array: 'common_mask', idSet: 'jy11', segmentFlag: true },
  gif: 'gif',
  registerMedia: 'required',
  registerIndex: 'required',
  mediaInside: 'required',
  separator: '/',
  companions: 'speed',
  encryptsOnSave: true,
  seeding: 'optional',
  evidence: 'E5',
  evidenceNote:
    'Opened, played, reopened and exported in 11.6 beta; masks only on record with native markers.',
};
