import { createCatalog } from '@cozecut/catalog';
import { expect, test } from 'vitest';
import { recordingTables, row } from './support.ts';

const rows = [
  row('Big Zoom In', '1', { vip: true }),
  row('Zoom_In', '2', { vip: false }),
  row('Zoom In and Out', '3'),
  row('推近', '4', { altNames: ['zoom in'] }),
  row('Other', '5550', { effectId: 'ABCD-12', kind: 'filter' }),
  row('Zoom In', '6', { app: 'capcut', kind: 'video-intro', vip: false }),
];
const search = createCatalog(rows).search;
const names = (query: Parameters<typeof search>[0]) => search(query).map(({ name }) => name);

test('equal names come first, then names that start with the text, then the others', () => {
  expect(names({ text: 'zoom in', app: 'jianying' })).toEqual([
    'Zoom_In',
    '推近',
    'Zoom In and Out',
    'Big Zoom In',
  ]);
});

test('ids are found too', () => {
  expect(names({ text: 'abcd-1' })).toEqual(['Other']);
  expect(names({ text: '5550' })).toEqual(['Other']);
});

test('a query narrows by app, kind, membership and number', () => {
  expect(names({ app: 'capcut' })).toEqual(['Zoom In']);
  expect(names({ kinds: ['filter', 'video-intro', 'filter'] })).toEqual(['Other', 'Zoom In']);
  expect(names({ vip: true })).toEqual(['Big Zoom In']);
  expect(names({ vip: false })).toEqual(['Zoom_In', 'Zoom In']);
  expect(names({ text: 'zoom', limit: 2 })).toHaveLength(2);
  expect(names({ text: 'nothing like it' })).toEqual([]);
});

test('a search reads the kinds it was asked for', () => {
  const tables = recordingTables(rows);
  createCatalog(tables).search({ app: 'jianying', kinds: ['filter'], text: 'o' });
  expect(tables.reads).toEqual(['jianying/filter']);
});
