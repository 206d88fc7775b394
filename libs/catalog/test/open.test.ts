import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG_APPS, CATALOG_KINDS, printCompact } from '@cozecut/catalog';
import { builtInTables, openCatalog, saveEntries } from '@cozecut/catalog/node';
import { expect, test } from 'vitest';
import { row } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = temporaryFolder();

test('user rows lie over built-in ones', async () => {
  const builtIn = join(root, 'built-in');
  const user = join(root, 'user');
  mkdirSync(builtIn);
  const table = {
    app: 'jianying',
    kind: 'transition',
    entries: [row('A', '1', { vip: false, isOverlap: true }), row('B', '2')],
  } as const;
  writeFileSync(
    join(builtIn, 'jianying-transition.json'),
    printCompact({ ...table, entries: [...table.entries] }, 'built-in'),
  );
  await saveEntries({ folder: user, entries: [row('A', '1', { vip: true, origin: 'imported' })] });
  const catalog = openCatalog({ builtIn, user });
  expect(catalog.search({ app: 'jianying' })).toEqual([
    row('A', '1', { vip: true, isOverlap: true, origin: 'imported' }),
    row('B', '2'),
  ]);
});

test('opening reads nothing; the built-in tables that were not made are missed by the first lookup', () => {
  const catalog = openCatalog({ builtIn: join(root, 'nowhere'), user: join(root, 'nowhere') });
  expect(() => catalog.lookup('jianying', 'filter', { name: 'x' })).toThrow(
    expect.objectContaining({ code: 'CATALOG_NOT_BUILT', hint: expect.stringContaining('nx run') }),
  );
});

test('the built-in tables can be read, all of them, and name each id once', () => {
  const tables = builtInTables();
  for (const app of CATALOG_APPS) {
    for (const kind of CATALOG_KINDS) {
      const entries = tables.read(app, kind);
      expect(new Set(entries.map(({ resourceId }) => resourceId)).size).toBe(entries.length);
    }
  }
});
