import { UserError } from '@cozecut/problems';
import type { Profile } from '../profiles/profile.ts';
import type { DraftRoot } from './draft-root.ts';

/**
 * The folder of the app that a draft is for, among those of this system.
 *
 * @param app - The app that the caller asks for, or that the draft names; `undefined` when neither says one.
 * @throws UserError DRAFT_ROOT_UNKNOWN when there is none; the message says where it was looked for.
 * @throws UserError APP_UNKNOWN when both apps are there and nothing says which one is meant.
 */
export function chooseRoot(roots: readonly DraftRoot[], app: Profile['app'] | undefined): DraftRoot {
  const there = roots.filter(({ isThere }) => isThere);
  const apps = new Set(there.map((root) => root.app));
  if (app === undefined && apps.size > 1) {
    throw new UserError('APP_UNKNOWN', 'the draft does not say whether it is for JianYing or CapCut', {
      hint: 'say it: --app jianying or --app capcut',
    });
  }
  const found = there.find((root) => app === undefined || root.app === app);
  if (found !== undefined) return found;
  const looked = roots.filter((root) => app === undefined || root.app === app).map(({ path }) => path);
  const other = there[0];
  const message =
    looked.length === 0
      ? 'the apps do not run on this system, so they have no draft folder here'
      : `there is no draft folder of ${app ?? 'an app'}; looked at ${looked.join(', ')}`;
  throw new UserError('DRAFT_ROOT_UNKNOWN', message, {
    hint:
      other === undefined
        ? 'start the app once, or name its draft folder: --root DIR'
        : `name its draft folder with --root DIR; that of ${other.app} is ${other.path} (--app ${other.app})`,
  });
}
