import { closest, UserError } from '@cozecut/problems';
import { jianying59Win } from './jianying-5.9-win.ts';
import { jianying11Mac } from './jianying-11-mac.ts';
import type { Profile } from './profile.ts';

const profiles: readonly Profile[] = [jianying59Win, jianying11Mac];

/** Id of the profile that is used when nobody asks for another. */
export const DEFAULT_PROFILE = jianying59Win.id;

/** Every app family a draft can be written for. */
export function listProfiles(): readonly Profile[] {
  return profiles;
}

/**
 * The profile with an id.
 *
 * @throws UserError PROFILE_UNKNOWN when there is none; the hint lists those that exist.
 */
export function findProfile(id: string): Profile {
  const found = profiles.find((profile) => profile.id === id);
  if (found !== undefined) return found;
  const ids = profiles.map((profile) => profile.id);
  const [best] = closest(id, ids);
  const suggestion = best === undefined ? '' : `did you mean "${best}"? `;
  throw new UserError('PROFILE_UNKNOWN', `there is no profile "${id}"`, {
    hint: `${suggestion}known profiles: ${ids.join(', ')}`,
  });
}
