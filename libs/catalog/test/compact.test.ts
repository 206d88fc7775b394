import { type CatalogEntry, parseCompact, printCompact } from '@cozecut/catalog';
import type { UserError } from '@cozecut/problems';
import { describe, expect, test } from 'vitest';
import { row } from './support.ts';

const options = { file: 'x.json', origin: 'imported' } as const;
const table = (columns: unknown, rows: unknown, more: object = {}) => ({
  schema: 'draft-catalog/1',
  app: 'capcut',
  kind: 'video_scene_effect',
  columns,
  rows,
  ...more,
});

function mistakes(document: unknown): string[] {
  try {
    parseCompact(document, options);
  } catch (error) {
    const { code, problems } = error as UserError;
    return [code, ...problems.map(({ message, pointer }) => `${pointer} ${message}`)];
  }
  return [];
}

test('every column is read; null is what the column says it is', () => {
  const columns = [
    'name',
    'resource_id',
    'effect_id',
    'vip',
    'params',
    'alt_names',
    'alt_effect_ids',
    'default_duration_us',
    'is_overlap',
    'resource_type',
    'default_aspect_ratio',
  ];
  const { app, kind, entries, ignoredColumns } = parseCompact(
    table(columns, [
      ['A', '1', '11', true, [['speed', 0.3, 0.1, 1]], ['B'], ['12'], 0, false, 'line', 1.5],
      ['C', '2', null, null, null, null, null, null, null, null, null],
    ]),
    options,
  );
  const common = { app: 'capcut', kind: 'video-scene-effect', origin: 'imported' };
  expect({ app, kind, ignoredColumns }).toEqual({
    app: 'capcut',
    kind: 'video-scene-effect',
    ignoredColumns: [],
  });
  expect(entries).toStrictEqual([
    {
      ...common,
      name: 'A',
      resourceId: '1',
      effectId: '11',
      vip: true,
      parameters: [{ name: 'speed', default: 0.3, min: 0.1, max: 1 }],
      altNames: ['B'],
      altEffectIds: ['12'],
      defaultDurationUs: 0,
      isOverlap: false,
      resourceType: 'line',
      defaultAspectRatio: 1.5,
    },
    { ...common, name: 'C', resourceId: '2', effectId: '2', parameters: [] },
  ]);
});

test('without the column, or where it says so, parameters are not known', () => {
  const [a] = parseCompact(table(['name', 'resource_id'], [['A', '1']]), options).entries;
  const [b] = parseCompact(
    table(['name', 'resource_id', 'params'], [['A', '1', 'unknown']]),
    options,
  ).entries;
  expect([a?.parameters, b?.parameters]).toEqual([undefined, undefined]);
});

test('columns without a meaning are named', () => {
  const document = table(['name', 'colour', 'resource_id', 'constructor'], [['A', 'red', '1', 'x']]);
  expect(parseCompact(document, options)).toMatchObject({
    ignoredColumns: ['colour', 'constructor'],
    entries: [{ name: 'A', resourceId: '1' }],
  });
});

describe('a mistake is told with file, row and column', () => {
  const columns = ['name', 'resource_id', 'vip', 'params'];
  const wrongRow = (...cells: unknown[]) => mistakes(table(columns, [['A', '1', true, null], cells]));

  test('in cells, all of them', () => {
    expect(wrongRow('', '2', 'yes', [['p', 0, 1]])).toEqual([
      'CATALOG_INVALID',
      '/rows/1/0 x.json: row 2, column "name" must be text (got "")',
      '/rows/1/2 x.json: row 2, column "vip" must be true or false, or null (got "yes")',
      '/rows/1/3 x.json: row 2, column "params" must be a list of [name, default, min, max] with min up to max, ' +
        'or "unknown", or null (got [["p",0,1]])',
    ]);
    expect(wrongRow('A', 7, null, null)[1]).toMatch(/row 2, column "resource_id" must be text \(got 7\)/);
    expect(wrongRow('A', null, null, null)[1]).toMatch(/"resource_id" must be text \(got null\)/);
    expect(wrongRow('A', '2', null, [['p', 0, 2, 1]])[1]).toMatch(/min up to max/);
  });

  test('in the length of a row', () => {
    expect(wrongRow('A', '2')).toEqual([
      'CATALOG_INVALID',
      '/rows/1 x.json: row 2 must be a list of 4 cells, one for each column (got 2 cells)',
    ]);
    expect(wrongRow()[1]).toMatch(/got 0 cells/);
    expect(mistakes(table(columns, [{}]))[1]).toMatch(/row 1 must be a list of 4 cells.*got a map/);
  });

  test('in the head', () => {
    expect(mistakes([])[1]).toMatch(/expected a catalog with "schema": "draft-catalog\/1"/);
    expect(mistakes(null)[1]).toMatch(/expected a catalog/);
    expect(mistakes(table(columns, [], { app: 'tiktok' }))[1]).toMatch(/"app" must be jianying or capcut/);
    expect(mistakes(table(columns, [], { kind: 'noise' }))[1]).toMatch(
      /"kind" must be one of .*\(got "noise"\)/,
    );
    expect(mistakes(table('name', []))[1]).toMatch(/"columns" must be a list of names/);
    expect(mistakes(table(columns, 'x'))[1]).toMatch(/"rows" must be a list/);
    expect(mistakes(table(['name', 'resouce_id'], []))[1]).toMatch(
      /the column "resource_id" is missing; is "resouce_id" meant to be it\?/,
    );
    expect(mistakes(table(['name', 'resource_id', 'name'], []))[1]).toMatch(/"name" is there 2 times/);
  });
});

test('what is printed is read back as it was', () => {
  const entries: CatalogEntry[] = [
    row('甲', '1', { parameters: [], vip: false }),
    row('乙', '2', { effectId: '22', parameters: [{ name: 'p', default: -1, min: 0, max: 1 }] }),
    row('丙', '3', { altNames: ['C'], altEffectIds: ['33'], defaultDurationUs: 0, origin: 'harvested' }),
    row('丁', '4', { isOverlap: true, resourceType: 'line', defaultAspectRatio: 1.05, origin: 'imported' }),
  ];
  const printed = printCompact({ app: 'jianying', kind: 'transition', entries }, 'built-in');
  expect(parseCompact(JSON.parse(printed), { file: 'x', origin: 'built-in' }).entries).toStrictEqual(entries);
});

test('columns in which no row has a value are left out', () => {
  const text = printCompact({ app: 'jianying', kind: 'font', entries: [row('A', '1')] }, 'built-in');
  expect(text).toBe(
    '{"schema":"draft-catalog/1","app":"jianying","kind":"font","columns":["name","resource_id"],"rows":[\n' +
      '["A","1"]\n]}\n',
  );
});
