import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../compile/compiled-draft.ts';
import { INDEX_NAME } from '../drafts/layout.ts';
import { indexEntries, unreadable } from './edit-index.ts';

/**
 * Entries of the list of drafts in a draft root; none when there is no list.
 *
 * @throws UserError INDEX_UNREADABLE when there is a list that cannot be read.
 */
export async function readIndex(root: string): Promise<JsonObject[]> {
  const bytes = await readFile(join(root, INDEX_NAME)).catch(ifMissing(undefined));
  return bytes === undefined ? [] : indexEntries(decodeIndex(bytes));
}

/** The text of a list of drafts, without a byte order mark. @throws UserError INDEX_UNREADABLE */
export function decodeIndex(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable('it is not text', cause);
  }
}

/** For `catch`: another value in place of a file that is not there. */
export function ifMissing<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}
