import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAddress } from '@cozecut/manifest/loader';
import { UserError } from '@cozecut/problems';
import { type Environment, setting } from '../settings.ts';

const NAME = 'server-key';
const LEAST_BYTES = 32;

/**
 * The key that signed addresses are made with: `COZECUT_SIGNING_KEY`, else one that is kept in the folder of the store.
 * Processes that share a database have to be told the same one; without it addresses are not signed.
 *
 * @throws UserError SETTING_INVALID when the key is too short to be one.
 */
export function signingKey(env: Environment, storeLocation: string): Uint8Array | undefined {
  const chosen = setting(env, 'COZECUT_SIGNING_KEY');
  if (chosen !== undefined) {
    const key = Buffer.from(chosen);
    if (key.length >= LEAST_BYTES) return key;
    throw new UserError(
      'SETTING_INVALID',
      `COZECUT_SIGNING_KEY must have at least ${LEAST_BYTES} characters`,
      {
        hint: 'openssl rand -base64 32 makes one',
      },
    );
  }
  return isAddress(storeLocation) ? undefined : keptKey(storeLocation);
}

function keptKey(folder: string): Uint8Array {
  const file = join(folder, NAME);
  const read = () => Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(folder, { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, randomBytes(LEAST_BYTES).toString('base64'), { mode: 0o600, flush: true });
  try {
    // Whoever links first has made the key; everybody else takes that one.
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return read();
}
