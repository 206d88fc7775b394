import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { saveEntries, userTables } from '@cozecut/catalog/node';
import { expect, test } from 'vitest';
import { row } from './support.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = temporaryFolder();
let count = 0;
const newFolder = () => join(root, String(count++), 'catalog');
const imported = { origin: 'imported' } as const;

test('rows are kept in one file for each kind of each app', async () => {
  const folder = newFolder();
  const mix = row('Mix', '1', imported);
  const entries = [mix, row('Mix', '1', { ...imported, app: 'capcut' }), row('宋体', '2', { kind: 'font' })];
  expect(await saveEntries({ folder, entries })).toEqual([
    { app: 'jianying', kind: 'transition', added: 1, changed: 0, unchanged: 0 },
    { app: 'capcut', kind: 'transition', added: 1, changed: 0, unchanged: 0 },
    { app: 'jianying', kind: 'font', added: 1, changed: 0, unchanged: 0 },
  ]);
  expect(readdirSync(folder).sort()).toEqual([
    'capcut-transition.json',
    'jianying-font.json',
    'jianying-transition.json',
  ]);
  expect(userTables(folder).read('jianying', 'transition')).toEqual([mix]);
  expect(userTables(folder).read('jianying', 'filter')).toEqual([]);
});

test('rows are merged with what is there; what is known already changes nothing', async () => {
  const folder = newFolder();
  const entries = [row('A', '1', imported), row('B', '2', { ...imported, vip: true, parameters: [] })];
  await saveEntries({ folder, entries });
  const file = join(folder, 'jianying-transition.json');
  const before = readFileSync(file, 'utf8');
  expect(await saveEntries({ folder, entries })).toMatchObject([{ added: 0, changed: 0, unchanged: 2 }]);
  expect(readFileSync(file, 'utf8')).toBe(before);

  const learnt = [
    row('Other', '1', { origin: 'harvested', isOverlap: true }),
    row('C', '3', { origin: 'harvested' }),
  ];
  expect(await saveEntries({ folder, entries: learnt })).toMatchObject([
    { added: 1, changed: 1, unchanged: 0 },
  ]);
  expect(await saveEntries({ folder, entries: learnt })).toMatchObject([
    { added: 0, changed: 0, unchanged: 2 },
  ]);
  expect(userTables(folder).read('jianying', 'transition')).toEqual([
    row('A', '1', { ...imported, altNames: ['Other'], isOverlap: true }),
    row('B', '2', { ...imported, vip: true, parameters: [] }),
    row('C', '3', { origin: 'harvested' }),
  ]);
});

test('a dry run counts and writes nothing', async () => {
  const folder = newFolder();
  const entries = [row('A', '1', imported)];
  expect(await saveEntries({ folder, entries, dryRun: true })).toMatchObject([{ added: 1 }]);
  expect(existsSync(folder)).toBe(false);
});

test('a file that is no catalog is named and left as it is', async () => {
  const folder = newFolder();
  await saveEntries({ folder, entries: [row('A', '1', imported)] });
  const file = join(folder, 'jianying-transition.json');
  writeFileSync(file, '{"schema":');
  await expect(saveEntries({ folder, entries: [row('B', '2', imported)] })).rejects.toMatchObject({
    code: 'CATALOG_INVALID',
    message: expect.stringContaining(file),
  });
  expect(readFileSync(file, 'utf8')).toBe('{"schema":');
  expect(readdirSync(folder)).toEqual(['jianying-transition.json']);
});

test('a folder that cannot be made is told', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, '..'), { recursive: true });
  writeFileSync(folder, '');
  await expect(saveEntries({ folder, entries: [row('A', '1')] })).rejects.toMatchObject({
    code: 'FOLDER_NOT_WRITABLE',
  });
});

test('processes that save at the same time lose nothing', async () => {
  const folder = newFolder();
  const script = join(root, 'save.ts');
  writeFileSync(
    script,
    `import { saveEntries } from ${JSON.stringify(import.meta.resolve('@cozecut/catalog/node'))};
    const [folder, from] = process.argv.slice(2);
    for (let id = Number(from); id < Number(from) + 5; id++) {
      await saveEntries({ folder, entries: [{ app: 'jianying', kind: 'filter', name: 'F' + id, resourceId: String(id),
        effectId: String(id), origin: 'imported' }] });
    }`,
  );
  const children = [100, 200, 300, 400].map((from) =>
    spawn(process.execPath, ['--conditions=@cozecut/source', script, folder, String(from)], {
      stdio: 'inherit',
    }),
  );
  const ends = await Promise.all(children.map((child) => once(child, 'close')));
  expect(ends.map(([code]) => code)).toEqual([0, 0, 0, 0]);
  expect(userTables(folder).read('jianying', 'filter')).toHaveLength(20);
  expect(readdirSync(folder)).toEqual(['jianying-filter.json']);
});

test('the lock of a process that is gone is cleared away', async () => {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  writeFileSync(join(folder, '.lock'), `${child.pid} ${hostname()} 8d4e`);
  await saveEntries({ folder, entries: [row('A', '1', imported)] });
  expect(readdirSync(folder)).toEqual(['jianying-transition.json']);
});

test('a save waits for the one that holds the lock', async () => {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, '.lock');
  writeFileSync(lock, `${process.pid} ${hostname()} 8d4e`);
  const saving = saveEntries({ folder, entries: [row('A', '1', imported)] });
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(readdirSync(folder)).toEqual(['.lock']);
  rmSync(lock);
  expect(await saving).toMatchObject([{ added: 1 }]);
});
