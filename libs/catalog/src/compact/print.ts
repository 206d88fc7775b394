import type { CatalogEntry, CatalogOrigin } from '../types.ts';
import { COLUMNS } from './columns.ts';
import { type CatalogTable, COMPACT_SCHEMA } from './parse.ts';

/**
 * A table in the compact format, one row a line. Columns in which no row has a value are left out.
 *
 * @param origin - Origin that whoever reads the text takes for granted; the others are written.
 */
export function printCompact({ app, kind, entries }: CatalogTable, origin: CatalogOrigin): string {
  const names = Object.entries(COLUMNS)
    .filter(([, { key }]) => entries.some((entry) => isWorthIt(entry, key, origin)))
    .map(([name]) => name);
  const rows = entries.map((entry) =>
    JSON.stringify(
      names.map((name) => {
        const { key, write } = COLUMNS[name]!;
        return (write === undefined ? entry[key] : write(entry[key])) ?? null;
      }),
    ),
  );
  const head = JSON.stringify({ schema: COMPACT_SCHEMA, app, kind, columns: names }).slice(0, -1);
  return `${head},"rows":[\n${rows.join(',\n')}\n]}\n`;
}

function isWorthIt(entry: CatalogEntry, key: keyof CatalogEntry, origin: CatalogOrigin): boolean {
  switch (key) {
    case 'origin':
      return entry.origin !== origin;
    case 'effectId':
      return entry.effectId !== entry.resourceId;
    default:
      return entry[key] !== undefined;
  }
}
