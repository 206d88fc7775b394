/** What stands for a secret. */
export const MASK = '********';

/** The address of a database, which may hold a password in two places. */
export function withoutPassword(address: string): string {
  return address
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/]*@/i, `$1:${MASK}@`)
    .replace(/([?&]password=)[^&#\s]*/gi, `$1${MASK}`);
}
