/** How well a statement about an app is known: E1 our inference … E5 opened, saved, reopened and exported on record. */
export type EvidenceLevel = 'E1' | 'E2' | 'E3' | 'E4' | 'E5';

/** Which of its two sets of markers a draft gets: those on record for a new draft, or those the app writes itself. */
export type MarkerGeneration = 'baseline' | 'native';

/** Version markers and key sets of one generation of drafts. */
export interface DraftMarkers {
  /** Written into `platform.app_version`. */
  appVersion: string;
  version: number;
  newVersion: string;
  /** Top-level keys of the timeline document. */
  skeleton: 'base28' | 'ext36';
  /** Which arrays `materials` has. */
  materialArrays: readonly string[];
  /** Keys of `config` besides the common ones. */
  extraConfig: Readonly<Record<string, boolean>>;
}

/** Everything that differs between the apps a draft can be written for. */
export interface Profile {
  /** Stable id, such as `jianying-5.9-win`. */
  id: string;
  title: string;
  app: 'jianying' | 'capcut';
  os: 'windows' | 'mac';
  /** Builds it is meant for. */
  builds: string;
  /** Id of the profile for the older ones of these builds, which differ in one place. */
  olderBuilds?: string;
  appId: number;
  appSource: 'lv' | 'cc';
  /** Markers of a new draft. */
  markers: DraftMarkers;
  /** Markers as the app writes them itself; for features that need them. */
  nativeMarkers?: DraftMarkers;
  colorSpace: 0 | -1;
  renderIndexTrackModeOn: boolean;
  /** Timeline file that the app reads first. */
  primaryName: 'draft_content.json' | 'draft_info.json';
  /** Files with the same bytes. */
  mirrorNames: readonly string[];
  /** Where masks go. */
  masks: { array: 'masks' | 'common_mask'; idSet: 'jy-classic' | 'jy11' | 'capcut'; segmentFlag: boolean };
  /** How an animated picture is stored: as a video of its length, or as a picture that repeats. */
  gif: 'video' | 'gif';
  /** Whether media must be listed in `draft_meta_info.json`. */
  registerMedia: 'optional' | 'recommended' | 'required';
  /** Whether the draft must be listed in the index of the draft store. */
  registerIndex: 'recommended' | 'required';
  /** Whether media must lie inside of the draft folder. */
  mediaInside: 'optional' | 'recommended' | 'required';
  /** Separator of paths in a portable draft. */
  separator: '/' | '\\';
  /** Which companion materials a segment gets. */
  companions: 'speed' | 'full';
  /** Whether the app encrypts the draft when it saves. */
  encryptsOnSave: boolean;
  /** Whether markers should be taken from a draft of the installed app. */
  seeding: 'off' | 'optional' | 'recommended';
  /** How well this set of values is known. */
  evidence: EvidenceLevel;
  /** What the evidence is, and where it ends. */
  evidenceNote: string;
}
