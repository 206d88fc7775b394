import type { Problem } from '@cozecut/problems';
import { reportTo } from '../timeline/report.ts';
import type { CompiledDraft } from './compiled-draft.ts';

/**
 * DR123, DR124, DR145, DR155: what is worth knowing about a draft that is put into the store of an app, with absolute
 * paths; no finding is an error.
 *
 * @param folder - Absolute path the draft will have.
 */
export function checkStorePlace({ profile, cover, isSeeded }: CompiledDraft, folder: string): Problem[] {
  const problems: Problem[] = [];
  const report = reportTo(problems);
  const isWindowsPath = /^([a-z]:|\\\\)/i.test(folder);
  if (isWindowsPath !== (profile.os === 'windows')) {
    const [found, expected] = isWindowsPath ? ['Windows', 'mac'] : ['POSIX', profile.os];
    const message = `${folder} is a ${found} path; ${profile.id} looks for its media by ${expected} paths`;
    report('DR124', 'warning', '/profile', message, {
      hint: 'choose the profile of this system, or write a zip and unpack it on the other one',
    });
  }
  const guarded = /^\/Users\/[^/]+\/(Desktop|Documents|Downloads)\//.exec(folder)?.[1];
  if (profile.os === 'mac' && guarded !== undefined) {
    report('DR123', 'warning', '/profile', `${folder}: the app may not read in ${guarded}`, {
      hint: 'write the draft into the draft folder of the app',
    });
  }
  if (profile.seeding === 'recommended' && !isSeeded) {
    const message = `version markers are those of the profile ${profile.id}; a newer app may refuse the draft`;
    report('DR145', 'info', '/profile', message, { hint: 'take them from a draft of the app: seed auto' });
  }
  if (cover === undefined) {
    report('DR155', 'info', '/cover', 'no cover: the list of drafts shows no picture', {
      hint: 'name a JPEG in "cover"',
    });
  }
  return problems;
}
