import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenSet, TokenStore } from '@cozecut/coze-transport';
import { UserError } from '@cozecut/problems';

/** Tokens of a sign-in and when it was. */
export interface KeptTokens extends TokenSet {
  /** What they are kept under. */
  key: string;
  /** Unix milliseconds at which the person signed in; renewing does not change it. */
  signedInAtMs: number;
}

/** A store whose files only their owner can read. */
export interface TokenFiles extends TokenStore {
  /** What is kept, at once. */
  read(key: string): KeptTokens | undefined;
  /** Absolute path of the file of a key. */
  fileOf(key: string): string;
}

/**
 * Keeps the tokens of each sign-in in a file of its own, which is replaced as a whole, so that processes need not wait
 * for each other.
 *
 * @param isSignIn - Whether what is saved is a new sign-in, and not one that was renewed.
 */
export function tokenFiles(folder: string, now: () => number, isSignIn = false): TokenFiles {
  const fileOf = (key: string) =>
    join(folder, `coze-${createHash('sha256').update(key).digest('hex').slice(0, 16)}.json`);
  const read = (key: string) => readTokens(fileOf(key), key);
  return {
    fileOf,
    read,
    load: async (key) => read(key),
    async save(key, tokens) {
      const signedInAtMs = (isSignIn ? undefined : read(key)?.signedInAtMs) ?? now();
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const temporary = join(folder, `.${randomUUID()}.tmp`);
      try {
        const text = `${JSON.stringify({ ...tokens, key, signedInAtMs })}\n`;
        writeFileSync(temporary, text, { mode: 0o600, flush: true });
        renameSync(temporary, fileOf(key));
      } finally {
        rmSync(temporary, { force: true });
      }
    },
    clear: async (key) => rmSync(fileOf(key), { force: true }),
  };
}

/** A file that is none of ours or was damaged counts as no sign-in. @throws UserError TOKENS_UNREADABLE */
function readTokens(file: string, key: string): KeptTokens | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError('TOKENS_UNREADABLE', `cannot read the sign-in in ${file}`, {
      hint: 'mend its permissions, or sign in again after removing it',
      cause,
    });
  }
  const kept = parse(text) as Partial<KeptTokens> | undefined;
  const isWhole =
    kept?.key === key &&
    typeof kept.accessToken === 'string' &&
    typeof kept.expiresAtMs === 'number' &&
    typeof kept.signedInAtMs === 'number' &&
    ['string', 'undefined'].includes(typeof kept.refreshToken);
  return isWhole ? (kept as KeptTokens) : undefined;
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
