import type { Profile } from '../profiles/profile.ts';
import type { Report } from '../timeline/report.ts';
import type { JsonObject } from './compiled-draft.ts';

/**
 * What a new draft takes over from a draft that the installed app has made: version markers and names of keys. Never
 * ids, device ids or content.
 */
export interface Seed {
  /** Where it was found, for people. */
  origin: string;
  app: Profile['app'];
  /** Missing when the donor is an empty form that says nothing about the app. */
  markers?: SeedMarkers;
  /** Top-level keys of the donor, each with an empty value of the type it has there. */
  keys: JsonObject;
}

/** Version markers of a donor. */
export interface SeedMarkers {
  /** Of the app that made the donor. */
  appVersion: string;
  /** Of the app that saved it last. */
  modifiedAppVersion: string;
  version: number;
  newVersion: string;
  colorSpace?: number;
  renderIndexTrackModeOn?: boolean;
}

/** The seed, unless it is of the other app; tells what it gives. */
export function checkSeed(seed: Seed | undefined, profile: Profile, report: Report): Seed | undefined {
  if (seed === undefined) return undefined;
  if (seed.app !== profile.app) {
    report(
      'SEED_OTHER_APP',
      'error',
      '/profile',
      `${seed.origin} was made by ${seed.app}, the draft is for ${profile.app}`,
      {
        hint: 'name a draft of the same app, or leave the seed out',
      },
    );
    return undefined;
  }
  const { markers } = seed;
  const told =
    markers === undefined
      ? 'names of keys'
      : `version markers (${markers.appVersion}, ${markers.newVersion}) and names of keys`;
  report('SEED_USED', 'info', '/profile', `${told} are those of ${seed.origin}`);
  return seed;
}

/** An empty value of the same type. */
export function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  switch (typeof value) {
    case 'object':
      return value === null ? null : {};
    case 'string':
      return '';
    case 'number':
      return 0;
    case 'boolean':
      return false;
    default:
      return null;
  }
}
