import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { PRIMARY_NAMES } from '../drafts/layout.ts';

/**
 * Makes sure that a path can be that of a draft root, whether it is there yet or not: on the way to it are folders, and
 * none of them is a draft.
 *
 * @throws UserError FOLDER_NOT_WRITABLE, DRAFT_ROOT_INVALID
 */
export async function checkRoot(root: string): Promise<void> {
  for (let folder = root; ; folder = dirname(folder)) {
    if ((await kindOf(folder)) === 'other')
      throw new UserError(
        'FOLDER_NOT_WRITABLE',
        `${folder} is no folder, so that ${root} cannot hold drafts`,
      );
    for (const name of PRIMARY_NAMES) {
      if ((await kindOf(join(folder, name))) !== 'other') continue;
      const where = folder === root ? 'is a draft itself' : `lies in the draft ${folder}`;
      throw new UserError('DRAFT_ROOT_INVALID', `${root} ${where}, not a folder of drafts`, {
        hint: 'name the folder that holds the drafts: --root DIR',
      });
    }
    if (folder === dirname(folder)) return;
  }
}

async function kindOf(path: string): Promise<'folder' | 'other' | 'none'> {
  return stat(path).then(
    (found) => (found.isDirectory() ? 'folder' : 'other'),
    () => 'none',
  );
}
