import { UserError } from '@cozecut/problems';

/** SQLite: a disk that fails, or a file that is not what it was. */
const BROKEN_FILE = /^SQLITE_(?:IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN)/;
/** PostgreSQL: connection failures, no more connections, and a server that stops, has crashed or is starting. */
const NOT_THERE = /^(?:08...|53300|57P0[123])$/;
/** Node: the way to the server. */
const NO_WAY =
  /^(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ENOENT|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
/** The client of PostgreSQL, which has no codes for these. */
const LOST =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/**
 * What a failure of the database is to whoever has asked it: UserError DISK_FULL or STORE_UNAVAILABLE when the machine
 * fails; any other failure stays what it is.
 */
export function outage(cause: unknown): unknown {
  const { code = '', message = '' } = (cause ?? {}) as { code?: string; message?: string };
  if (code === 'SQLITE_FULL' || code === '53100') {
    return new UserError('DISK_FULL', 'no space left in the store', {
      hint: 'free some space and try again; nothing was changed',
      retryable: true,
      cause,
    });
  }
  const isOut = BROKEN_FILE.test(code) || NOT_THERE.test(code) || NO_WAY.test(code) || LOST.test(message);
  if (!isOut) return cause;
  return new UserError(
    'STORE_UNAVAILABLE',
    `the database of the store cannot be used now: ${code || message}`,
    {
      hint: 'try again later',
      retryable: true,
      cause,
    },
  );
}

/** Does something with a database; what its failure is to whoever has asked is thrown. */
export function withOutage<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw outage(error);
  }
}
