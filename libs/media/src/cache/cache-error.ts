import { UserError } from '@cozecut/problems';

const FULL = ['ENOSPC', 'EDQUOT'];
const NOT_WRITABLE = ['EACCES', 'EEXIST', 'ENOTDIR', 'EPERM', 'EROFS'];

/** The error to show for one of the file system of the cache; any other is given back as it is. */
export function explainCacheError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (FULL.includes(code)) {
    return new UserError('DISK_FULL', `no room for downloads in ${folder}`, {
      hint: 'free some space on its disk',
      cause: error,
    });
  }
  if (NOT_WRITABLE.includes(code)) {
    return new UserError('FOLDER_NOT_WRITABLE', `cannot write downloads to ${folder} (${code})`, {
      cause: error,
    });
  }
  return error;
}
