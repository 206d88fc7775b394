/**
 * Puts, as fast as it can, a link to a secret and a file that may be read in the place of one another.
 *
 * Usage: `swap-link.ts PLACE ALLOWED_FILE SECRET_FILE`; writes a line when it has begun, runs until it is killed.
 */
import { linkSync, renameSync, rmSync, symlinkSync, writeSync } from 'node:fs';

const [place = '', allowed = '', secret = ''] = process.argv.slice(2);
writeSync(1, 'begun\n');
for (;;) {
  rmSync(`${place}.next`, { force: true });
  symlinkSync(secret, `${place}.next`);
  renameSync(`${place}.next`, place);
  linkSync(allowed, `${place}.next`);
  renameSync(`${place}.next`, place);
}
