import { UserError } from '@cozecut/problems';

const FORBIDDEN = {
  code: 'FOLDER_NOT_WRITABLE',
  what: 'not allowed to write',
  hint: 'choose another folder, or change its permissions',
};
const FULL = { code: 'DISK_FULL', what: 'no space left to write', hint: 'free some space and try again' };

const BLOCKED = {
  code: 'FOLDER_NOT_WRITABLE',
  what: 'a file is where a folder is needed:',
  hint: 'choose another folder',
};

/** What a person can mend, by what the system says. */
const REFUSALS: Readonly<Record<string, typeof FORBIDDEN>> = {
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: FORBIDDEN,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EEXIST: BLOCKED,
  ENOTDIR: BLOCKED,
};
/** Calls of the system that write. */
const WRITING =
  /^(?:open|mkdir|mkdtemp|write|rename|copyfile|unlink|rm|rmdir|symlink|link|fsync|chmod|utime)/;
/** What stands in the names of files that are put in place when they are whole. */
const TEMPORARY = /[\\/][^\\/]*(?:XXXXXX|\.tmp)$/;

/** The error of a system that does not let a file be written, as one that a person can mend; any other as it is. */
export function explainSystemError<E extends Error>(error: E): E | UserError {
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException;
  const refusal = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (refusal === undefined || !WRITING.test(syscall)) return error;
  // What is open already has no name in the error.
  if (path === undefined && refusal !== FULL) return error;
  if (refusal === BLOCKED && syscall !== 'mkdir') return error;
  const { what, hint } = refusal;
  return new UserError(refusal.code, path === undefined ? what : `${what} ${path.replace(TEMPORARY, '')}`, {
    hint,
    cause: error,
  });
}
