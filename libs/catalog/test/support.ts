import type { CatalogApp, CatalogEntry, CatalogKind, CatalogTables } from '@cozecut/catalog';

/** A row with what a test does not care about filled in. */
export function row(name: string, resourceId: string, more: Partial<CatalogEntry> = {}): CatalogEntry {
  return {
    app: 'jianying',
    kind: 'transition',
    name,
    resourceId,
    effectId: resourceId,
    origin: 'built-in',
    ...more,
  };
}

/** Tables over rows that remember what was read. */
export function recordingTables(rows: readonly CatalogEntry[]): CatalogTables & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    reads,
    read: (app: CatalogApp, kind: CatalogKind) => {
      reads.push(`${app}/${kind}`);
      return rows.filter((entry) => entry.app === app && entry.kind === kind);
    },
  };
}
