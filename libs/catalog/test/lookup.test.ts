import { createCatalog, layeredTables, tablesOf } from '@cozecut/catalog';
import { expect, test } from 'vitest';
import { recordingTables, row } from './support.ts';

const mix = row('Mix', '6724845717472416269', { effectId: '26135', altNames: ['叠化'] });
const flashA = row('闪黑', '6724226338418332167', { vip: true, defaultDurationUs: 500_000 });
const flashB = row('闪黑', '6724226338418339999', { vip: false });
const page = row('上下 翻页_II', '7397337005387944457');
const heart = row('爱心冲击', '6789846355742298632');
const rows = [
  mix,
  flashA,
  flashB,
  page,
  heart,
  row('爱心冲击', '6789846355742298632', { app: 'capcut', altNames: ['Heart Rush'] }),
  row('Heart Burst', '7000000000000000001', { app: 'capcut', altNames: ['爱心冲击'] }),
  row('Fold Over', '7000000000000000002', { app: 'capcut' }),
  row('Mix', '6724845717472416269', { kind: 'filter' }),
];
const catalog = createCatalog(rows);
const lookup = (reference: Parameters<typeof catalog.lookup>[2]) =>
  catalog.lookup('jianying', 'transition', reference);

test('an id decides, whatever the name says', () => {
  expect(lookup({ id: mix.resourceId, name: '闪黑' })).toEqual({ status: 'found', entry: mix, exact: true });
  expect(lookup({ effectId: '26135' })).toMatchObject({ status: 'found', entry: mix });
  expect(lookup({ id: '26135' })).toMatchObject({ status: 'found', entry: mix });
  expect(lookup({ id: '1', effectId: '26135' })).toMatchObject({ status: 'found', entry: mix });
});

test('an effect id that two resources share is told apart by the name', () => {
  const two = createCatalog([row('A', '1', { altEffectIds: ['9'] }), row('B', '2', { effectId: '9' })]);
  expect(two.lookup('jianying', 'transition', { id: '9' })).toMatchObject({ status: 'ambiguous' });
  expect(two.lookup('jianying', 'transition', { id: '9', name: 'B' })).toMatchObject({
    status: 'found',
    entry: { resourceId: '2' },
  });
});

test('a name is taken as it is, then as another name, then folded', () => {
  expect(lookup({ name: 'Mix' })).toMatchObject({ status: 'found', exact: true, entry: mix });
  expect(lookup({ name: '叠化' })).toMatchObject({ status: 'found', exact: true, entry: mix });
  expect(lookup({ name: 'm_I x' })).toMatchObject({ status: 'found', exact: false, entry: mix });
  expect(lookup({ name: '上下翻页 ii' })).toMatchObject({ status: 'found', exact: false, entry: page });
});

test('an exact name wins over the same name folded or as another name of something else', () => {
  const table = createCatalog([row('VHS', '1'), row('vhs', '2'), row('Tape', '3', { altNames: ['VHS'] })]);
  expect(table.lookup('jianying', 'transition', { name: 'VHS' })).toMatchObject({
    status: 'found',
    entry: { resourceId: '1' },
  });
  expect(table.lookup('jianying', 'transition', { name: 'V H S' })).toMatchObject({
    status: 'ambiguous',
    entries: [{ resourceId: '1' }, { resourceId: '2' }, { resourceId: '3' }],
  });
});

test('a name of several resources is ambiguous, and the end of the id picks one', () => {
  expect(lookup({ name: '闪黑' })).toEqual({ status: 'ambiguous', entries: [flashA, flashB] });
  expect(lookup({ name: '闪黑#2167' })).toMatchObject({ status: 'found', entry: flashA });
  expect(lookup({ name: '闪黑#0000' })).toEqual({
    status: 'unknown',
    close: expect.arrayContaining(['闪黑#2167', '闪黑#9999']),
  });
});

test('a name that holds a # is a name first', () => {
  const table = createCatalog([row('Retro#1998', '1'), row('Retro', '21998')]);
  expect(table.lookup('jianying', 'transition', { name: 'Retro#1998' })).toMatchObject({
    status: 'found',
    entry: { resourceId: '1' },
  });
});

test('rows of one id are one resource', () => {
  const table = createCatalog([
    row('Mix', '1', { altNames: ['Blend'] }),
    row('Dissolve', '1', { vip: true, altNames: ['Fade'] }),
  ]);
  expect(table.lookup('jianying', 'transition', { name: 'Mix' })).toMatchObject({
    status: 'found',
    entry: { name: 'Mix', vip: true, altNames: ['Blend', 'Dissolve', 'Fade'] },
  });
});

test('an unknown name gets the names that look most alike, and those that contain it', () => {
  expect(lookup({ name: 'Mxi' })).toEqual({ status: 'unknown', close: ['Mix'] });
  expect(lookup({ name: '翻页' })).toEqual({ status: 'unknown', close: ['上下 翻页_II'] });
  expect(lookup({ id: '404' })).toEqual({ status: 'unknown', close: [] });
  expect(lookup({})).toEqual({ status: 'unknown', close: [] });
  expect(lookup({ name: '', id: '' })).toEqual({ status: 'unknown', close: [] });
});

test('a resource of the other app is told, with its twin of the same name', () => {
  expect(lookup({ id: '7000000000000000001' })).toEqual({
    status: 'other-app',
    entry: expect.objectContaining({ app: 'capcut', name: 'Heart Burst' }),
    twin: heart,
  });
  expect(lookup({ name: 'Fold Over' })).toEqual({
    status: 'other-app',
    entry: expect.objectContaining({ resourceId: '7000000000000000002' }),
  });
  expect(lookup({ name: 'fold_over' })).toMatchObject({ status: 'unknown' });
  expect(lookup({ id: '6789846355742298632' })).toMatchObject({
    status: 'found',
    entry: { app: 'jianying' },
  });
});

test('the id of a mask that a list gives to another one as well is used for its owner only', () => {
  const id = '7374021798087627265';
  const brush = { app: 'capcut', kind: 'mask', effectId: '31AC68F1-9EC3-4A4E-8D53-D556B7CDAC9E' } as const;
  const masks = layeredTables(
    tablesOf([row('Stars', id, { app: 'capcut', kind: 'mask' }), row('Brush', id, brush)]),
    tablesOf([row('Stars', id, { ...brush, effectId: 'S', altNames: ['Brush'], origin: 'imported' })]),
  );
  const stars = createCatalog(masks);
  expect(stars.lookup('capcut', 'mask', { id })).toMatchObject({ status: 'found', entry: { name: 'Stars' } });
  expect(stars.lookup('capcut', 'mask', { name: 'Brush' })).toMatchObject({ status: 'unknown' });
  expect(stars.lookup('capcut', 'mask', { id: brush.effectId })).toMatchObject({ status: 'unknown' });
});

test('a lookup reads its own kind, once, and the other app only when nothing was found', () => {
  const tables = recordingTables(rows);
  const lazy = createCatalog(tables);
  expect(tables.reads).toEqual([]);
  lazy.lookup('jianying', 'transition', { name: 'Mix' });
  lazy.lookup('jianying', 'transition', { name: '闪黑' });
  expect(tables.reads).toEqual(['jianying/transition']);
  lazy.lookup('jianying', 'transition', { name: 'nothing' });
  lazy.lookup('capcut', 'transition', { name: 'Fold Over' });
  expect(tables.reads).toEqual(['jianying/transition', 'capcut/transition']);
});
