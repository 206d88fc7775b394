import { expect, test } from 'vitest';
import { canonicalise } from '../src/index.ts';

const guid = (digit: string): string => `${digit.repeat(8)}-${digit.repeat(4)}-4000-8000-${digit.repeat(12)}`;

test('ids become labels, order and noise go away', () => {
  const document = {
    version: 1,
    id: guid('F'),
    tracks: [
      {
        id: guid('1'),
        segments: [
          {
            id: guid('2'),
            material_id: guid('a'),
            target_timerange: { start: 5, duration: 1 },
            extra_material_refs: [guid('c'), guid('9')],
            common_keyframes: [{ id: guid('3'), keyframe_list: [{ id: guid('4') }, { id: guid('5') }] }],
          },
          { id: guid('6'), material_id: guid('b'), target_timerange: { start: 0, duration: 5 } },
        ],
      },
    ],
    materials: {
      videos: [
        { id: guid('a'), path: 'C:\\media\\one.mp4', material_id: guid('a') },
        { id: guid('b'), path: '/media/two.mp4', width: 0.1 + 0.2 },
      ],
      speeds: [{ id: guid('c') }],
      texts: [{ id: guid('d'), content: '{"b":1,"a":"x"}' }],
    },
  };
  const canonical = canonicalise(document);
  expect(canonical).toEqual({
    id: '#x0',
    materials: {
      speeds: [{ id: '#speeds0' }],
      texts: [{ id: '#texts0', content: { a: 'x', b: 1 } }],
      videos: [
        { id: '#videos0', path: 'two.mp4', width: 0.3 },
        { id: '#videos1', path: 'one.mp4', material_id: '#videos1' },
      ],
    },
    tracks: [
      {
        id: '#track0',
        segments: [
          { id: '#seg0', material_id: '#videos0', target_timerange: { duration: 5, start: 0 } },
          {
            id: '#seg1',
            material_id: '#videos1',
            target_timerange: { duration: 1, start: 5 },
            extra_material_refs: ['#speeds0', '#dangling0'],
            // Labels of keyframes also count those of their lists.
            common_keyframes: [{ id: '#kfl0', keyframe_list: [{ id: '#kf1' }, { id: '#kf2' }] }],
          },
        ],
      },
    ],
    version: 1,
  });
  expect(Object.keys(canonical as object)).toEqual(['id', 'materials', 'tracks', 'version']);
});

test('order of numbers in labels is that of text', () => {
  const videos = Array.from({ length: 12 }, (_, index) => ({
    id: index.toString(16).repeat(32).slice(0, 32),
  }));
  const segments = videos.map(({ id }, start) => ({ material_id: id, target_timerange: { start } }));
  const { materials } = canonicalise({ tracks: [{ segments }], materials: { videos } }) as {
    materials: { videos: { id: string }[] };
  };
  expect(materials.videos.map(({ id }) => id).slice(0, 4)).toEqual([
    '#videos0',
    '#videos1',
    '#videos10',
    '#videos11',
  ]);
});

test('what is no timeline document comes back in order', () => {
  expect(JSON.stringify(canonicalise({ b: [2, 1], a: null }))).toBe('{"a":null,"b":[2,1]}');
});
