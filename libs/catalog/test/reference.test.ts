import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  CATALOG_APPS,
  CATALOG_KINDS,
  type CatalogApp,
  type CatalogKind,
  clampedDefault,
  createCatalog,
  foldName,
  parseCompact,
} from '@cozecut/catalog';
import { builtInTables, openCatalog, saveEntries } from '@cozecut/catalog/node';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

// A larger catalog, beside the checkout where somebody has it.
const folder = join(import.meta.dirname, '../../../../shared/draft/catalog');
const files = existsSync(folder) ? globSync('*.json', { cwd: folder }).sort() : [];

describe.skipIf(files.length === 0)('the catalog beside the checkout', () => {
  const tables = files.map((file) =>
    parseCompact(JSON.parse(readFileSync(join(folder, file), 'utf8')), { file, origin: 'imported' }),
  );
  const entries = tables.flatMap((table) => table.entries);
  const target = join(temporaryFolder(), 'catalog');

  test('every row is read, and counts are those of its table of contents', () => {
    const rows = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(
      /^\| (\S+\.json) \| (\d+) \| (\S+) \| (\d+) \| (\d+) \| (\d+) \|$/gm,
    );
    const expected = [...rows].map(([, file, ...cells]) => [file, ...cells]).sort();
    const counted = tables.map((table, index) => {
      const { entries } = table;
      const names = Map.groupBy(entries, ({ name }) => name);
      const isVipKnown = entries.some(({ vip }) => vip !== undefined);
      return [
        basename(files[index]!),
        entries.length,
        isVipKnown ? entries.filter(({ vip }) => vip).length : table.kind === 'common-mask' ? '-' : 'unknown',
        [...names.values()].filter((same) => same.length > 1).length,
        entries.filter(({ parameters = [] }) => parameters.length > 0).length,
        entries.filter(({ altNames }) => altNames !== undefined).length,
      ].map(String);
    });
    expect(expected).toHaveLength(files.length);
    expect(counted.sort()).toEqual(expected);
    expect(entries).toHaveLength(11_786);
  });

  test('importing it keeps all but the two rows whose ids are another row already', async () => {
    const saved = await saveEntries({ folder: target, entries });
    const added = saved.reduce((sum, table) => sum + table.added, 0);
    expect(added).toBe(11_784);
    const again = await saveEntries({ folder: target, entries });
    expect(again.every(({ added, changed }) => added === 0 && changed === 0)).toBe(true);
  });

  test('every row is found by its id, and by its name unless that is ambiguous', () => {
    const catalog = openCatalog({ user: target });
    for (const { app, kind, name, resourceId } of entries) {
      if (name === 'Brush') continue;
      const byId = catalog.lookup(app, kind, { id: resourceId });
      expect(byId).toMatchObject({ status: 'found', entry: { resourceId } });
      const byName = catalog.lookup(app, kind, { name });
      const ids =
        byName.status === 'found'
          ? [byName.entry.resourceId]
          : byName.status === 'ambiguous'
            ? byName.entries.map((entry) => entry.resourceId)
            : [];
      expect(ids, name).toContain(resourceId);
    }
  });

  test('names that several resources have are ambiguous', () => {
    const catalog = createCatalog(entries);
    const lookup = (app: CatalogApp, kind: CatalogKind, name: string) => catalog.lookup(app, kind, { name });
    const flowers = lookup('jianying', 'text-effect', '花字');
    expect(flowers.status === 'ambiguous' && flowers.entries.length).toBe(46);
    expect(lookup('jianying', 'font', '玩童体')).toMatchObject({ status: 'found' });
    expect(lookup('capcut', 'mask', 'Brush').status).toBe('unknown');
  });

  test('the known defaults outside of their range are moved into it', () => {
    const outside = entries.flatMap(({ parameters = [] }) =>
      parameters.filter((parameter) => clampedDefault(parameter) !== parameter.default),
    );
    expect(outside).toHaveLength(8);
    for (const parameter of outside) {
      const value = clampedDefault(parameter);
      expect(value === parameter.min || value === parameter.max).toBe(true);
    }
  });

  test('the built-in catalog gives the same ids to the same names of the same kinds', () => {
    const tables = builtInTables();
    const known = new Map(
      entries
        .filter(({ name }) => name !== 'Brush')
        .map((entry) => [`${entry.app} ${entry.kind} ${entry.resourceId}`, entry]),
    );
    const rows = CATALOG_APPS.flatMap((app) => CATALOG_KINDS.flatMap((kind) => tables.read(app, kind)));
    const unknown = rows.filter(({ app, kind, resourceId }) => !known.has(`${app} ${kind} ${resourceId}`));
    expect(unknown).toEqual([]);
    // Lengths, overlaps and memberships differ between versions of the apps.
    for (const { app, kind, name, resourceId, resourceType } of rows) {
      const entry = known.get(`${app} ${kind} ${resourceId}`)!;
      if (resourceType !== undefined) expect(resourceType, name).toBe(entry.resourceType);
      expect([entry.name, ...(entry.altNames ?? [])].map(foldName), name).toContain(foldName(name));
    }
  });
});
