import type { Profile } from '../profiles/profile.ts';
import type { JsonObject } from './compiled-draft.ts';
import { emptied, type Seed, type SeedMarkers } from './seed.ts';

/** Version of the empty forms that the app keeps beside its encrypted drafts; it says nothing about the app. */
const FORM_VERSION = '75.0.0';
/** Hash of "1", which tools write where the app writes the id of a device. */
const NO_DEVICE = 'c4ca4238a0b923820dcc509a6f75849b';

/** What a timeline document says about the app that made it. */
export interface Donor {
  app: Profile['app'] | undefined;
  markers: SeedMarkers | undefined;
  keys: JsonObject;
  /** Whether the app has saved it: it names its computer, which tools do not. */
  isByApp: boolean;
}

/** Reads what a seed may take from a timeline document. */
export function readDonor(document: JsonObject): Donor {
  const platform = block(document.platform);
  const modified = block(document.last_modified_platform);
  return {
    app: appOf(platform) ?? appOf(modified),
    markers: markersOf(document, platform, modified),
    keys: Object.fromEntries(Object.entries(document).map(([key, value]) => [key, emptied(value)])),
    isByApp: isByApp(platform) || isByApp(modified),
  };
}

/** The seed of a donor; the app it is for when the donor does not say. */
export function seedOf({ app, markers, keys }: Donor, origin: string, wanted: Profile['app']): Seed {
  return { origin, app: app ?? wanted, keys, ...(markers === undefined ? {} : { markers }) };
}

function block(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function appOf({ app_source: source, app_id: id }: JsonObject): Profile['app'] | undefined {
  if (source === 'lv' || id === 3704) return 'jianying';
  return source === 'cc' || id === 359289 ? 'capcut' : undefined;
}

function markersOf(
  document: JsonObject,
  platform: JsonObject,
  modified: JsonObject,
): SeedMarkers | undefined {
  const { version, new_version: newVersion, color_space, render_index_track_mode_on } = document;
  const [appVersion, modifiedAppVersion = appVersion] = [platform, modified].map(({ app_version: text }) =>
    isVersion(text) ? text : undefined,
  );
  if (appVersion === undefined || modifiedAppVersion === undefined) return undefined;
  if (!Number.isSafeInteger(version) || !isVersion(newVersion) || newVersion === FORM_VERSION)
    return undefined;
  return {
    appVersion,
    modifiedAppVersion,
    version: Number(version),
    newVersion,
    ...(Number.isSafeInteger(color_space) ? { colorSpace: Number(color_space) } : {}),
    ...(typeof render_index_track_mode_on === 'boolean'
      ? { renderIndexTrackModeOn: render_index_track_mode_on }
      : {}),
  };
}

function isVersion(text: unknown): text is string {
  return typeof text === 'string' && /^\d+(\.\d+)+[\w.-]*$/.test(text);
}

function isByApp({ device_id, hard_disk_id, mac_address, os_version }: JsonObject): boolean {
  const ids = [device_id, hard_disk_id, mac_address].filter((id) => typeof id === 'string' && id !== '');
  if (ids.includes(NO_DEVICE)) return false;
  return ids.length > 0 || (typeof os_version === 'string' && os_version !== '');
}
