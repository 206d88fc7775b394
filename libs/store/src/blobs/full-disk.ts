import { UserError } from '@cozecut/problems';

/**
 * Keeps content somewhere.
 *
 * @throws UserError DISK_FULL when there is no room for it.
 */
export async function withRoom<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw cause;
    throw new UserError('DISK_FULL', 'no space left for the files of the store', {
      hint: 'free some space and try again; nothing was changed',
      retryable: true,
      cause,
    });
  }
}
