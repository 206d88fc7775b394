import { clampedDefault, createCatalog, layeredTables, mergeEntries, tablesOf } from '@cozecut/catalog';
import { expect, test } from 'vitest';
import { row } from './support.ts';

const builtIn = row('Fade In', '1', { effectId: 'OLD', vip: false, defaultDurationUs: 500_000 });
const imported = row('渐显', '1', {
  effectId: '1',
  vip: true,
  parameters: [{ name: 'speed', default: 1, min: 0, max: 1 }],
  origin: 'imported',
});
const harvested = row('Einblenden', '1', { effectId: '77', isOverlap: true, origin: 'harvested' });

test('what is imported lies over the built-in row, field by field, and fills what was not known', () => {
  expect(mergeEntries(builtIn, imported)).toEqual({
    ...imported,
    defaultDurationUs: 500_000,
    altNames: ['Fade In'],
    altEffectIds: ['OLD'],
  });
});

test('what a draft said only fills what is not known, in either order', () => {
  const expected = {
    ...builtIn,
    isOverlap: true,
    altNames: ['Einblenden'],
    altEffectIds: ['77'],
  };
  expect(mergeEntries(builtIn, harvested)).toEqual(expected);
  expect(mergeEntries(harvested, builtIn)).toEqual(expected);
});

test('a newer import replaces an older one', () => {
  expect(mergeEntries(imported, { ...imported, name: '淡入', vip: false })).toMatchObject({
    name: '淡入',
    vip: false,
    altNames: ['渐显'],
  });
});

test('names that differ in case, blanks or underscores only are no other names', () => {
  expect(mergeEntries(row('fade_in', '1'), builtIn).altNames).toBeUndefined();
});

test('every name of every layer leads to the resource', () => {
  const catalog = createCatalog(
    layeredTables(tablesOf([builtIn]), tablesOf([harvested]), tablesOf([imported, row('B', '2')])),
  );
  const idOf = (name: string) => {
    const found = catalog.lookup('jianying', 'transition', { name });
    return found.status === 'found' ? found.entry.resourceId : found.status;
  };
  expect(['Fade In', 'Einblenden', '渐显', 'B', 'C'].map(idOf)).toEqual(['1', '1', '1', '2', 'unknown']);
});

test('a default outside of its range is moved into it', () => {
  const speed = { name: 'speed', min: 0.1, max: 1 };
  expect([0, 0.5, 2].map((value) => clampedDefault({ ...speed, default: value }))).toEqual([0.1, 0.5, 1]);
});
