import { expect, test } from 'vitest';
import { buildTimeline, compileDraft, exportTimeline, parseTimeline } from '../src/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { files, timelineOf } from './support/timeline.ts';

const bold = { bold: true };
const red = { color: '#FF0000' };

function styled(text: string, ranges: object[]): { range: [number, number]; bold: boolean; text: string }[] {
  const timeline = timelineOf({ type: 'text', clips: [{ text, start: 0, duration: 1, ranges }] });
  const { draft, problems } = compileDraft(timeline, {
    media: files,
    draftName: 'x',
    now: fixedNow,
    uuid: countingUuid(),
  });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { styles } = JSON.parse(String(draft!.content.materials.texts![0]!.content)) as {
    styles: { range: [number, number]; bold: boolean }[];
  };
  return styles.map(({ range, bold: isBold }) => ({ range, bold: isBold, text: text.slice(...range) }));
}

function codes(text: string, ranges: object[]): string[] {
  const timeline = timelineOf({ type: 'text', clips: [{ text, start: 0, duration: 1, ranges }] });
  return parseTimeline(timeline).problems.map(
    ({ code, severity, pointer }) => `${code} ${severity} ${pointer}`,
  );
}

const boldParts = (text: string, ranges: object[]): string[] =>
  styled(text, ranges).flatMap((part) => (part.bold ? [`${part.range[0]}:${part.text}`] : []));

test('words are found wherever they are, in UTF-16 units', () => {
  expect(boldParts('a 😀 cat, a cat 😀', [{ match: 'cat', style: bold }])).toEqual(['5:cat', '12:cat']);
  expect(boldParts('😀😀', [{ match: '😀', occurrence: 2, style: bold }])).toEqual(['2:😀']);
  expect(boldParts('aaaa', [{ match: 'aa', style: bold }])).toEqual(['0:aa', '2:aa']);
  expect(boldParts('重点：买一送一', [{ match: '一', occurrence: 1, style: bold }])).toEqual(['4:一']);
});

test('words may come in any order and beside places', () => {
  const ranges = [
    { match: 'cat', style: bold },
    { start: 0, end: 1, style: bold },
    { match: 'dog', style: red },
  ];
  expect(boldParts('A dog and a cat', ranges)).toEqual(['0:A', '12:cat']);
  expect(
    styled('A dog and a cat', ranges)
      .map(({ text }) => text)
      .join(''),
  ).toBe('A dog and a cat');
});

test.each([
  [
    'words that are not there',
    'cat',
    [{ match: 'Cat', style: bold }],
    'DR101 error /tracks/0/clips/0/ranges/0',
  ],
  [
    'one place too many',
    'cat',
    [{ match: 'cat', occurrence: 2, style: bold }],
    'DR101 error /tracks/0/clips/0/ranges/0',
  ],
  [
    'words over words',
    'cats',
    [
      { match: 'cat', style: bold },
      { match: 'ats', style: red },
    ],
    'DR101 error /tracks/0/clips/0/ranges/1',
  ],
  ['half of an emoji', 'a😀', [{ match: '\ude00', style: bold }], 'DR101 error /tracks/0/clips/0/ranges/0'],
  [
    'a place with words',
    'cat',
    [{ match: 'cat', start: 0, style: bold }],
    'DR162 error /tracks/0/clips/0/ranges/0/start',
  ],
  [
    'the zeroth place',
    'cat',
    [{ match: 'cat', occurrence: 0, style: bold }],
    'DR162 error /tracks/0/clips/0/ranges/0/occurrence',
  ],
  ['no words', 'cat', [{ match: '', style: bold }], 'DR162 error /tracks/0/clips/0/ranges/0/match'],
  ['bytes', 'abc', [{ start: 0, end: 6, style: bold }], 'DR100 error /tracks/0/clips/0/ranges'],
  [
    'code points that cut an emoji',
    'a😀b😀',
    [
      { start: 0, end: 2, style: bold },
      { start: 2, end: 4, style: bold },
    ],
    'DR100 error /tracks/0/clips/0/ranges',
  ],
  // The b may have been left alone on purpose.
  [
    'what may be code points',
    '😀ab',
    [{ start: 0, end: 3, style: bold }],
    'DR100 warning /tracks/0/clips/0/ranges',
  ],
])('%s: found', (_, text, ranges, expected) => {
  expect(codes(text, ranges)).toEqual([expected]);
});

test.each([
  ['the whole text', '😀ab', [{ start: 0, end: 4, style: bold }]],
  ['the emoji alone', '😀ab', [{ start: 0, end: 2, style: bold }]],
  ['a part that does not begin at the start', '😀ab', [{ start: 2, end: 3, style: bold }]],
  ['words that end where code points would', '😀ab', [{ match: '😀a', style: bold }]],
  ['as many units as code points', 'abc', [{ start: 0, end: 3, style: bold }]],
])('%s: fine', (_, text, ranges) => {
  expect(codes(text, ranges)).toEqual([]);
});

test('a shadow of a part is built, and told of where a file has no place for it', () => {
  const builder = buildTimeline({ name: 'x', canvas: { width: 1920, height: 1080, fps: 30 } });
  const ranges = [{ match: 'light', style: { shadow: { distance: 9 } } }];
  builder.captions().cue({ text: 'warm light', start: 0, duration: 1, ranges });
  const timeline = builder.build();
  expect(timeline.tracks[0]!.clips).toMatchObject([{ ranges }]);
  for (const format of ['srt', 'vtt', 'ass'] as const)
    expect(exportTimeline(timeline, format).problems).toContainEqual(
      expect.objectContaining({
        code: 'DR161',
        message: expect.stringContaining('shadow of a range dropped'),
      }),
    );
});
