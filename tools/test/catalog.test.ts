import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInTables, openCatalog } from '@cozecut/catalog/node';
import { afterAll, expect, test } from 'vitest';
import { builtInFiles, writeBuiltIn } from '../src/catalog/built-in.ts';

const root = mkdtempSync(join(tmpdir(), 'cozecut-data-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = join(root, 'data');
writeBuiltIn(folder);
const tables = builtInTables(folder);
const catalog = openCatalog({ builtIn: folder });

test('every resource of the package is there, once', () => {
  const file = createRequire(import.meta.url)
    .resolve('capcut-cli/package.json')
    .replace('package.json', '');
  const lists = JSON.parse(readFileSync(join(file, 'dist/enums.json'), 'utf8'));
  const ids = (list: { resource_id: string }[]) => new Set(list.map((row) => row.resource_id)).size;
  expect(tables.read('jianying', 'video-scene-effect')).toHaveLength(ids(lists.jianying.scene_effects));
  expect(tables.read('jianying', 'filter')).toHaveLength(ids(lists.jianying.filters));
  expect(tables.read('capcut', 'video-scene-effect')).toHaveLength(ids(lists.capcut.scene_effects));
  expect(tables.read('capcut', 'transition')).toHaveLength(ids(lists.capcut.transitions));
  expect(tables.read('capcut', 'mask')).toHaveLength(ids(lists.capcut.masks));
});

test('what the package does not know stays unknown', () => {
  const rows = (['jianying', 'capcut'] as const).flatMap((app) =>
    (['text-intro', 'video-scene-effect', 'transition'] as const).flatMap((kind) => tables.read(app, kind)),
  );
  expect(rows.filter(({ parameters }) => parameters !== undefined)).toEqual([]);
  expect(rows.filter(({ defaultDurationUs }) => defaultDurationUs === 0)).toEqual([]);
  expect(rows.filter(({ app, vip }) => app === 'capcut' && vip !== undefined)).toEqual([]);
  expect(rows.some(({ app, vip }) => app === 'jianying' && vip === true)).toBe(true);
});

test('masks of all three sets go by their Chinese and their English name', () => {
  const idOf = (app: 'jianying' | 'capcut', kind: 'mask' | 'common-mask', name: string) => {
    const found = catalog.lookup(app, kind, { name });
    return found.status === 'found' ? found.entry.resourceId : found.status;
  };
  for (const [chinese, english, classic, jianying11, capcut] of [
    ['线性', 'Split', '6791652175668843016', '7356933362960831003', '7374020197990011409'],
    ['镜面', 'Filmstrip', '6791699060140020232', '7356933823327638042', '7374021024985125377'],
    ['圆形', 'Circle', '6791700663249146381', '7356934080102928946', '7374021188315517456'],
    ['矩形', 'Rectangle', '6791700809454195207', '7356934318301647410', '7374021450748924432'],
    ['爱心', 'Heart', '6794051276482023949', '7416258912162157068', '7350964630979613186'],
    ['星形', 'Stars', '6794051169434997255', '7416258989467374091', '7374021798087627265'],
  ] as const) {
    for (const name of [chinese, english]) {
      expect(idOf('jianying', 'mask', name), name).toBe(classic);
      expect(idOf('jianying', 'common-mask', name), name).toBe(jianying11);
      expect(idOf('capcut', 'mask', name), name).toBe(capcut);
    }
  }
});

test('there are ten mix modes of JianYing', () => {
  expect(tables.read('jianying', 'mix-mode')).toHaveLength(10);
  expect(catalog.lookup('jianying', 'mix-mode', { name: 'Multiply' })).toMatchObject({
    status: 'found',
    entry: { name: '正片叠底', resourceId: '6758325895519277582', effectId: '871333' },
  });
});

test('writing again changes nothing; what is stale is replaced', () => {
  const before = readdirSync(folder).sort();
  writeFileSync(join(folder, 'jianying-filter.json'), 'old');
  writeFileSync(join(folder, 'jianying-gone.json'), 'old');
  writeBuiltIn(folder);
  expect(readdirSync(folder).sort()).toEqual(before);
  for (const { name, text } of builtInFiles()) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
});

test('the package that is published carries the tables and the license of their source', () => {
  const cache = join(root, 'npm');
  mkdirSync(cache);
  const cwd = join(import.meta.dirname, '../../libs/catalog');
  const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--offline', '--cache', cache], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ files }] = JSON.parse(answer) as [{ files: { path: string }[] }];
  const packed = files.map(({ path }) => path).filter((path) => path.startsWith('data/'));
  expect(packed.sort()).toEqual(
    builtInFiles()
      .map(({ name }) => `data/${name}`)
      .sort(),
  );
});
