import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { parseCompact } from '../compact/parse.ts';
import type { CatalogApp, CatalogEntry, CatalogKind, CatalogOrigin } from '../types.ts';

/** Path of the file that holds one kind of one app. */
export function tableFile(folder: string, app: CatalogApp, kind: CatalogKind): string {
  return join(folder, `${app}-${kind}.json`);
}

/**
 * The rows of a file; nothing when there is no file.
 *
 * @param origin - Origin of the rows that say none.
 * @throws UserError CATALOG_INVALID when the file is not a catalog.
 */
export function readTableFile(file: string, origin: CatalogOrigin): CatalogEntry[] | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return parseCompact(parseJson(text, file), { file, origin }).entries;
}

/**
 * The JSON document in a text.
 *
 * @throws UserError CATALOG_INVALID
 */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError('CATALOG_INVALID', `${file}: not JSON: ${(cause as Error).message}`, { cause });
  }
}
