import { MATERIALS_55 } from './material-arrays.ts';
import type { Profile } from './profile.ts';

/** CapCut 6.5 to 9.3 on macOS: needs its media inside of the draft and listed. */
export const capcutMac: Profile = {
  id: 'capcut-mac',
  title: 'CapCut for macOS',
  app: 'capcut',
  os: 'mac',
  builds: '6.5-9.3',
  appId: 359289,
  appSource: 'cc',
  markers: {
    appVersion: '9.1.0',
    version: 360000,
    newVersion: '179.0.0',
    skeleton: 'ext36',
    materialArrays: MATERIALS_55,
    extraConfig: { use_float_render: false },
  },
  colorSpace: -1,
  renderIndexTrackModeOn: false,
  primaryName: 'draft_info.json',
  mirrorNames: ['draft_content.json'],
  masks: { array: 'common_mask', idSet: 'capcut', segmentFlag: true },
  // As on Windows: not on record.
  gif: 'video',
  registerMedia: 'required',
  registerIndex: 'required',
  mediaInside: 'required',
  separator: '/',
  companions: 'full',
  encryptsOnSave: false,
  seeding: 'recommended',
  evidence: 'E4',
  evidenceNote:
    'Opened in 9.1 with these markers, and in 9.3 with markers from a draft of the installed app.',
};
