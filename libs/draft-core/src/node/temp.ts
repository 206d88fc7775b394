import { open } from 'node:fs/promises';
import { UserError } from '@cozecut/problems';

/** Start of the names of folders and files under construction; what is left of them after a crash may be deleted. */
export const TEMP_PREFIX = '.cozecut-';

/** Makes sure that the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; there the rename is as durable as it gets.
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  try {
    await handle.sync();
  } catch {
    // Some file systems do not sync folders.
  } finally {
    await handle.close();
  }
}

/** The errors of the file system that a person can fix, as such; others come back as they are. */
export function explainFsError(error: unknown, target: string): unknown {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new UserError('DISK_FULL', `no space left to write ${target}`, {
        hint: 'free some space and try again; nothing was left behind',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new UserError('FOLDER_NOT_WRITABLE', `not allowed to write ${target}`, {
        hint: 'choose another folder, or change its permissions',
        cause: error,
      });
    case 'ENOTDIR':
      return new UserError('FOLDER_NOT_WRITABLE', `part of the path ${target} is not a folder`, {
        cause: error,
      });
    default:
      return error;
  }
}
