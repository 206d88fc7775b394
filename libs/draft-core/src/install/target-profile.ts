import { UserError } from '@cozecut/problems';
import { detectProfile } from '../drafts/detect-profile.ts';
import { type Loose, objectOf, textOf } from '../drafts/loose.ts';
import { listProfiles } from '../profiles/index.ts';
import type { Profile } from '../profiles/profile.ts';

/** The app that a timeline says it was made for; nothing when it does not say. */
export function appOfDraft(content: Loose): Profile['app'] | undefined {
  for (const platform of [content.last_modified_platform, content.platform].map(objectOf)) {
    const found = listProfiles().find(
      ({ appId, appSource }) => platform.app_source === appSource || platform.app_id === appId,
    );
    if (found !== undefined) return found.app;
  }
  return undefined;
}

/**
 * The profile of the app that is to open a draft: its files have other names on another system.
 *
 * @param system - As in `process.platform`; on one that the apps do not run on, the draft says which it is for.
 */
export function targetProfile(content: Loose, app: Profile['app'], system: string): Profile {
  const platform = objectOf(content.last_modified_platform ?? content.platform);
  const own = textOf(platform.os) === 'mac' ? 'mac' : 'windows';
  const os = system === 'darwin' ? 'mac' : system === 'win32' ? 'windows' : own;
  const sample = listProfiles().find((profile) => profile.app === app && profile.os === os);
  const found = detectProfile({ platform: { ...platform, os, app_source: sample?.appSource } }) ?? sample;
  if (found !== undefined) return found;
  throw new UserError('PROFILE_UNKNOWN', `there is no profile for ${app} on ${os}`);
}
