import { MATERIALS_55 } from './material-arrays.ts';
import type { Profile } from './profile.ts';

/** CapCut 6.7 to 9 on Windows: refuses drafts without version markers, and may read the mirror `template-2.tmp`. */
export const capcutWin: Profile = {
  id: 'capcut-win',
  title: 'CapCut for Windows',
  app: 'capcut',
  os: 'windows',
  builds: '6.7-9.x',
  appId: 359289,
  appSource: 'cc',
  markers: {
    // This pair was measured on macOS; taking the markers from a draft of the installed app is what is on record.
    appVersion: '8.5.0',
    version: 360000,
    newVersion: '167.0.0',
    skeleton: 'ext36',
    materialArrays: MATERIALS_55,
    extraConfig: { use_float_render: false },
  },
  colorSpace: 0,
  renderIndexTrackModeOn: false,
  primaryName: 'draft_content.json',
  mirrorNames: ['draft_info.json', 'template-2.tmp'],
  masks: { array: 'common_mask', idSet: 'capcut', segmentFlag: true },
  // How CapCut stores an animated picture is not on record; a video of its length is what the tools write.
  gif: 'video',
  registerMedia: 'required',
  registerIndex: 'required',
  mediaInside: 'recommended',
  separator: '\\',
  companions: 'full',
  encryptsOnSave: false,
  seeding: 'recommended',
  evidence: 'E4',
  evidenceNote:
    'Opened in 8.7 with markers from a draft of the installed app; E1 with the markers of the profile.',
};
