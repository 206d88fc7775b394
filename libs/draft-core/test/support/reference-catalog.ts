import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, createCatalog, parseCompact } from '@cozecut/catalog';

/** The catalog that the reference drafts were made with. */
export function referenceCatalog(folder: string): Catalog {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return createCatalog(
    files.flatMap((file) => {
      const table = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return parseCompact(table, { file, origin: 'imported' }).entries;
    }),
  );
}
