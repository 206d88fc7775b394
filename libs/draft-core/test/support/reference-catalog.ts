import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type CatalogEntry, createCatalog } from '@cozecut/catalog';

/** A table of the reference catalog: columns, and rows of values. */
interface Table {
  app: CatalogEntry['app'];
  kind: string;
  columns: string[];
  rows: unknown[][];
}

/** The catalog that the reference drafts were made with. */
export function referenceCatalog(folder: string): Catalog {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return createCatalog(
    names.flatMap((name) => entriesOf(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Table)),
  );
}

function entriesOf({ app, kind, columns, rows }: Table): CatalogEntry[] {
  return rows.map((row) => {
    const cell = Object.fromEntries(columns.map((column, index) => [column, row[index] ?? undefined]));
    const params = cell.params as [string, number, number, number][] | undefined;
    return {
      app,
      kind: kind.replaceAll('_', '-') as CatalogEntry['kind'],
      name: cell.name as string,
      resourceId: cell.resource_id as string,
      effectId: cell.effect_id as string,
      ...(cell.vip === undefined ? {} : { vip: cell.vip as boolean }),
      ...(cell.default_duration_us === undefined
        ? {}
        : { defaultDurationUs: cell.default_duration_us as number }),
      ...(cell.is_overlap === undefined ? {} : { isOverlap: cell.is_overlap as boolean }),
      parameters: (params ?? []).map(([parameter, start, min, max]) => ({
        name: parameter,
        default: start,
        min,
        max,
      })),
      origin: 'imported',
    };
  });
}
