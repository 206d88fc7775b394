import { listProfiles } from '../profiles/index.ts';
import type { Profile } from '../profiles/profile.ts';
import { type Loose, objectOf, textOf } from './loose.ts';

/**
 * The profile that a draft says it is for: its app and system decide, then the version of the app. Drafts for newer
 * builds may carry an older version; those are told apart by the arrays of materials that they have.
 */
export function detectProfile(content: Loose): Profile | undefined {
  const platform = objectOf(content.last_modified_platform ?? content.platform);
  const [source, system] = [textOf(platform.app_source), textOf(platform.os)];
  const fitting = listProfiles().filter(({ appSource, os }) => appSource === source && os === system);
  const version = textOf(platform.app_version) ?? '';
  const arrays = Object.keys(objectOf(content.materials));
  const written = fitting.filter(({ markers }) => markers.appVersion === version);
  return (
    written.find(({ markers }) => isSameSet(markers.materialArrays, arrays)) ??
    fitting.find(({ builds }) => isAmong(version, builds)) ??
    fitting[0]
  );
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

/** Whether a version such as `11.4.0` is among builds such as `11.2-11.6`. */
function isAmong(version: string, builds: string): boolean {
  const [first = '', last = first] = builds.split('-');
  return compare(version, first) >= 0 && compare(version, last) <= 0;
}

/** Compares as many numbers as the second version has; one that is not a number counts 9. */
function compare(version: string, bound: string): number {
  const numbers = (text: string): number[] =>
    text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : 9));
  const own = numbers(version);
  for (const [index, limit] of numbers(bound).entries()) {
    if ((own[index] ?? 0) !== limit) return (own[index] ?? 0) - limit;
  }
  return 0;
}
