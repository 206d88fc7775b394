import { closest, UserError } from '@cozecut/problems';
import { capcutMac } from './capcut-mac.ts';
import { capcutWin } from './capcut-win.ts';
import { jianying59Win } from './jianying-5.9-win.ts';
import { jianying68Win, jianying610Win } from './jianying-6-10-win.ts';
import { jianying11Mac } from './jianying-11-mac.ts';
import { jianying11Win } from './jianying-11-win.ts';
import type { Profile } from './profile.ts';

const profiles: readonly Profile[] = [
  jianying59Win,
  jianying610Win,
  jianying11Win,
  jianying11Mac,
  capcutWin,
  capcutMac,
];
/** Named by `olderBuilds` of a profile. */
const olderBuilds: readonly Profile[] = [jianying68Win];

/** Id of the profile that is used when nobody asks for another. */
export const DEFAULT_PROFILE = jianying59Win.id;

/** Every app family a draft can be written for; `olderBuilds` of one is the id of a variant that can be found, too. */
export function listProfiles(): readonly Profile[] {
  return profiles;
}

/**
 * The profile with an id.
 *
 * @throws UserError PROFILE_UNKNOWN when there is none; the hint lists those that exist.
 */
export function findProfile(id: string): Profile {
  const found = [...profiles, ...olderBuilds].find((profile) => profile.id === id);
  if (found !== undefined) return found;
  const ids = profiles.map((profile) => profile.id);
  const [best] = closest(id, ids);
  const suggestion = best === undefined ? '' : `did you mean "${best}"? `;
  throw new UserError('PROFILE_UNKNOWN', `there is no profile "${id}"`, {
    hint: `${suggestion}known profiles: ${ids.join(', ')}`,
  });
}
