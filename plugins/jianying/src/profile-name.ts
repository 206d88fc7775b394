import type { CreateDraftInput } from './tools.gen.ts';

type ProfileName = NonNullable<CreateDraftInput['profile']>;

/** Short names of profiles: the app and its generation. */
const SHORT: Partial<Record<ProfileName, string>> = {
  jianying5: 'jianying-5.9-win',
  jianying6: 'jianying-6-10-win',
  capcut: 'capcut-win',
};

/** The id of a profile that a caller names. */
export function profileId(name: ProfileName): string {
  return SHORT[name] ?? name;
}
