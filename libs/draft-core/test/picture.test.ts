import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { drawTimeline, parseTimeline } from '../src/index.ts';
import { displayWidth, fitColumns } from '../src/text/display-width.ts';
import { timelineOf } from './support/timeline.ts';

const { timeline } = parseTimeline(
  timelineOf(
    {
      type: 'video',
      name: '主轨',
      clips: [
        { media: 'https://cdn.test/a/walk.mp4?sig=1', start: 0, duration: 4 },
        { media: 'C:\\pictures\\海报.png', start: 4, duration: 2 },
      ],
    },
    { type: 'audio', muted: true, clips: [{ media: 'tune.mp3', start: 1, duration: 5 }] },
    { type: 'text', clips: [{ text: '你好\n👨‍👩‍👧 world', start: 0.5, duration: 2.5 }] },
  ),
);

test('one row a track, the front on top, sound below, a ruler', () => {
  expect(drawTimeline(timeline!, { width: 62 })).toBe(
    [
      'seconds            |0            |2            |4',
      'text                   [你好 👨‍👩‍👧 world  ]',
      'video 主轨         [walk.mp4                  ][海报.png    ]',
      'audio (muted)             [tune.mp3                         ]',
    ].join('\n'),
  );
});

test('colours add nothing that is seen', () => {
  const plain = drawTimeline(timeline!, { width: 100 });
  const colored = drawTimeline(timeline!, { width: 100, color: true });
  expect(colored).not.toBe(plain);
  expect(stripVTControlCharacters(colored)).toBe(plain);
});

test('rows end where they should, whatever is written in them', () => {
  for (const text of ['plain', '全角文字', '😀😀😀', 'e\u0301a\u0308', '🇨🇳 flag', '한국어', '⚓️']) {
    for (const columns of [1, 2, 3, 7, 20]) expect(displayWidth(fitColumns(text, columns))).toBe(columns);
  }
  expect(displayWidth('清晨 ⚓ a')).toBe(9);
});

test('a crowd of clips stays inside of its row', () => {
  const clips = Array.from({ length: 500 }, (_, start) => ({ text: 'x', start, duration: 1 }));
  const crowd = parseTimeline(timelineOf({ type: 'text', clips })).timeline!;
  for (const row of drawTimeline(crowd, { width: 70 }).split('\n')) {
    expect(displayWidth(row)).toBeLessThanOrEqual(70);
  }
});

test('nothing is drawn as such', () => {
  expect(drawTimeline(parseTimeline(timelineOf()).timeline!, { width: 80 })).toBe('empty timeline');
});
