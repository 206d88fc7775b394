import { describe, expect, test } from 'vitest';
import {
  type CaptionLimits,
  compileDraft,
  type NormalTextClip,
  parseTimeline,
  type Timeline,
  type Track,
} from '../src/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { files, timelineOf } from './support/timeline.ts';

const cue = (
  start: number | string,
  duration: number | string,
  text = 'Hello there',
  more: object = {},
): object => ({
  text,
  start,
  duration,
  ...more,
});
const captionsOf = (...clips: object[]): object => ({ type: 'text', captions: true, clips });

interface Options {
  captionLimits?: Partial<CaptionLimits>;
  canvas?: Timeline['canvas'];
}

/** Code and severity of everything that is found. */
function found(tracks: object[], { captionLimits = {}, canvas }: Options = {}): string[] {
  const timeline = { ...timelineOf(...tracks), ...(canvas && { canvas }) };
  return parseTimeline(timeline, { captionLimits }).problems.map(
    ({ code, severity }) => `${code} ${severity}`,
  );
}

function textsOf(...tracks: object[]): { track: number; layer: number; input: NormalTextClip['input'] }[] {
  const { timeline, problems } = parseTimeline(timelineOf(...tracks));
  if (timeline === undefined) throw new Error(JSON.stringify(problems));
  return timeline.tracks.flatMap(({ index, renderIndex, clips }) =>
    clips.flatMap((clip) =>
      clip.kind === 'text' ? [{ track: index, layer: renderIndex, input: clip.input }] : [],
    ),
  );
}

describe('what a text takes over', () => {
  test('a caption looks like one unless its track or it says otherwise', () => {
    const [plain, own] = textsOf({
      ...captionsOf(cue(0, 1), cue(1, 1, 'x', { style: { size: 9 }, transform: { x: 0.5 } })),
      defaults: { style: { color: '#00FF00', align: 'left' }, transform: { rotation: 5 } },
    });
    expect(plain!.input).toMatchObject({
      style: { size: 5, align: 'left', autoWrap: true, color: '#00FF00' },
      transform: { y: -0.8, rotation: 5 },
    });
    expect(own!.input).toMatchObject({ style: { size: 9, align: 'left' }, transform: { x: 0.5, y: -0.8 } });
  });

  test('an ordinary text track has defaults too, and nothing is built in', () => {
    const [text] = textsOf({
      type: 'text',
      defaults: { style: { border: { width: 20, color: '#FF0000' } } },
      clips: [cue(0, 1, 'x', { style: { border: { width: 30 } } })],
    });
    expect(text!.input).toEqual({
      text: 'x',
      start: 0,
      duration: 1,
      style: { border: { width: 30, color: '#FF0000' } },
    });
  });

  test('a name replaces an id, a scale those of the axes, and the rest stays', () => {
    const defaults = {
      style: { font: { id: '7', name: 'Old' } },
      transform: { scaleX: 2, scaleY: 3, y: 0.1 },
      animations: { in: { id: '1', duration: 0.2 }, out: { id: '2' } },
    };
    const own = {
      style: { font: { name: 'New' } },
      transform: { scale: 1.5 },
      animations: { in: { name: 'Fade' } },
    };
    const [text, other] = textsOf({
      type: 'text',
      defaults,
      clips: [cue(0, 1, 'x', own), cue(1, 1, 'y', { transform: { scaleY: 5 } })],
    });
    expect(text!.input).toMatchObject({ style: { font: { name: 'New' } } });
    expect(text!.input.style?.font).toEqual({ name: 'New' });
    expect(text!.input.transform).toEqual({ scale: 1.5, y: 0.1 });
    expect(text!.input.animations).toEqual({ in: { name: 'Fade', duration: 0.2 }, out: { id: '2' } });
    expect(other!.input.transform).toEqual({ scaleX: 2, scaleY: 5, y: 0.1 });
  });

  test('captions are on top of all other texts, whatever the order of the tracks', () => {
    const layers = textsOf(
      captionsOf(cue(0, 1)),
      { type: 'text', clips: [cue(0, 1)] },
      { ...captionsOf(cue(0, 1)), defaults: { transform: { y: 0.8 } } },
      { type: 'text', clips: [cue(0, 1)] },
      { ...captionsOf(cue(0, 1)), absoluteLayer: 15_500, defaults: { transform: { y: 0 } } },
    ).map(({ layer }) => layer);
    expect(layers).toEqual([15_999, 15_000, 16_000, 15_001, 15_500]);
  });

  test('what was given is not touched', () => {
    const timeline = timelineOf({
      ...captionsOf(cue(0, 1, 'x', { ranges: [{ match: 'x', style: { bold: true } }] })),
      defaults: { style: { size: 6 } },
    });
    const copy = structuredClone(timeline);
    parseTimeline(timeline);
    expect(timeline).toEqual(copy);
  });

  test('a caption is written as the app writes one', () => {
    const timeline = timelineOf(captionsOf(cue(0, 1)));
    const { draft } = compileDraft(timeline, {
      media: files,
      draftName: 'x',
      now: fixedNow,
      uuid: countingUuid(),
    });
    const [material] = draft!.content.materials.texts!;
    expect(material).toMatchObject({ type: 'subtitle', alignment: 1, line_max_width: 0.82 });
    expect(JSON.parse(String(material!.content)).styles).toMatchObject([{ size: 5, range: [0, 11] }]);
    const [track] = draft!.content.tracks as { segments: object[] }[];
    expect(track!.segments).toMatchObject([{ render_index: 15_999, clip: { transform: { x: 0, y: -0.8 } } }]);
  });
});

/** What triggers a rule, and what is as close to it as can be and does not. */
const rules: [rule: string, triggers: object[], near: object[], options?: Options][] = [
  ['DR110 warning', [captionsOf(cue(0, 2, 'a'.repeat(41)))], [captionsOf(cue(0, 2, 'a'.repeat(40)))]],
  ['DR110 warning', [captionsOf(cue(0, 1, '字'.repeat(12)))], [captionsOf(cue(0, 1, '字'.repeat(11)))]],
  // Half of the characters is not more than half.
  [
    'DR110 warning',
    [captionsOf(cue(0, 1, `${'字'.repeat(8)}abcdefg`))],
    [captionsOf(cue(0, 1, '字a'.repeat(7)))],
  ],
  // One family is one character of eleven units; blanks are none.
  [
    'DR110 warning',
    [captionsOf(cue(0, 1, '👨‍👩‍👧‍👦'.repeat(21)))],
    [captionsOf(cue(0, 1, `${'👨‍👩‍👧‍👦'.repeat(4)}${' e\u0301'.repeat(16)}`))],
  ],
  ['DR111 error', [captionsOf(cue(0, 1.1), cue(1, 1))], [captionsOf(cue(0, 1), cue(1, 1))]],
  ['DR111 error', [captionsOf(cue(0, 1.1), cue(1, 1))], [{ type: 'text', clips: [cue(0, 1), cue(1, 1)] }]],
  [
    'DR112 warning',
    [captionsOf(cue(0, 1)), captionsOf(cue(0.9, 1))],
    [captionsOf(cue(0, 1)), captionsOf(cue(1, 1))],
  ],
  [
    'DR112 warning',
    [captionsOf(cue(0, 1)), { ...captionsOf(cue(0, 1)), defaults: { transform: { y: -0.75 } } }],
    [captionsOf(cue(0, 1)), { ...captionsOf(cue(0, 1)), defaults: { transform: { y: -0.6 } } }],
  ],
  [
    'DR112 warning',
    [
      captionsOf(cue(0, 1, 'x', { transform: { x: -0.5 } })),
      captionsOf(cue(0, 1, 'x', { transform: { x: -0.5 } })),
    ],
    [
      captionsOf(cue(0, 1, 'x', { transform: { x: -0.5 } })),
      captionsOf(cue(0, 1, 'x', { transform: { x: 0.5 } })),
    ],
  ],
  [
    'DR113 warning',
    [captionsOf(cue(0, 1), cue('1033333us', 1))],
    [captionsOf(cue(0, 1), cue('1066667us', 1))],
  ],
  [
    'DR114 warning',
    [captionsOf(cue(0, 5, 'a'.repeat(43)))],
    [captionsOf(cue(0, 5, `${'a'.repeat(21)} ${'a'.repeat(21)}`))],
  ],
  [
    'DR114 warning',
    [captionsOf(cue(0, 5, '字'.repeat(19)))],
    [captionsOf(cue(0, 5, `${'字'.repeat(18)}\n${'字'.repeat(18)}`))],
  ],
  ['DR115 warning', [captionsOf(cue(0, 2, 'a\nb\nc'))], [captionsOf(cue(0, 2, 'a\nb\n'))]],
  ['DR116 warning', [captionsOf(cue(0, '766667us', 'a'))], [captionsOf(cue(0, 0.8, 'a'))]],
  ['DR117 warning', [captionsOf(cue(0, '7033333us'))], [captionsOf(cue(0, 7))]],
  [
    'DR118 warning',
    [captionsOf(cue(0, 1, 'a', { transform: { y: -0.91 } }))],
    [captionsOf(cue(0, 1, 'a', { transform: { y: -0.9 } }))],
  ],
  [
    'DR118 warning',
    [captionsOf(cue(0, 1, 'a', { transform: { y: 0.86 } }))],
    [captionsOf(cue(0, 1, 'a', { transform: { y: 0.85 } }))],
    { canvas: { width: 1080, height: 1920, fps: 30 } },
  ],
  [
    'DR118 warning',
    [{ ...captionsOf(cue(0, 1)), defaults: { transform: { x: 0.95 } } }],
    [{ ...captionsOf(cue(0, 1)), defaults: { transform: { x: 0.9 } } }],
  ],
  [
    'DR118 warning',
    [
      captionsOf(
        cue(0, 1, 'a', {
          keyframes: {
            positionY: [
              [0, 1.2],
              [1, 1],
            ],
          },
        }),
      ),
    ],
    [
      captionsOf(
        cue(0, 1, 'a', {
          keyframes: {
            positionY: [
              [0, 1.2],
              [1, 0.8],
            ],
          },
        }),
      ),
    ],
  ],
  ['DR119 info', [captionsOf(cue(0, 1, 'a \nb'))], [captionsOf(cue(0, 1, 'a\nb'))]],
  ['DR119 info', [captionsOf(cue(0, 1, 'a  b'))], [captionsOf(cue(0, 1, 'a b'))]],
  ['DR119 info', [captionsOf(cue(0, 1, 'a\u0007b'))], [captionsOf(cue(0, 1, 'a\u200Db'))]],
  ['DR119 info', [captionsOf(cue(0, 1, '<i>a'))], [captionsOf(cue(0, 1, '<i>a</i> < b'))]],
  ['DR119 info', [captionsOf(cue(0, 2, 'a</font>'))], [captionsOf(cue(0, 2, '<font color="red">a</font>'))]],
  ['DR119 info', [captionsOf(cue(0, 1, '{\\an8 a'))], [captionsOf(cue(0, 1, '{\\an8}a {b'))]],
];

describe('captions that are hard to read', () => {
  test.each(rules)('%s %#', (rule, triggers, near, options = {}) => {
    expect(found(triggers, options)).toEqual([rule]);
    expect(found(near, options)).toEqual([]);
    // They are rules for captions: the same on an ordinary track is fine, but for the overlap.
    const plain = triggers.map((track) => ({ ...track, captions: false }));
    expect(found(plain, options)).toEqual(rule.startsWith('DR111') ? ['DR001 error'] : []);
  });

  test.each([
    ['DR110', { charactersPerSecond: 5 }],
    ['DR113', { gapFrames: 40 }],
    ['DR114', { charactersPerLine: 4 }],
    ['DR115', { lines: 1 }],
    ['DR116', { shortestUs: 1_500_000 }],
    ['DR117', { longestUs: 900_000 }],
    ['DR118', { safeY: 0.7 }],
  ])('the limit of %s can be set', (code, captionLimits) => {
    const at = { transform: { y: -0.75 } };
    const tracks = [captionsOf(cue(0, 1, 'Hello\nyou', at), cue(2, 1, 'x', at))];
    expect(found(tracks)).toEqual([]);
    expect(found(tracks, { captionLimits })).toContain(`${code} warning`);
  });

  test('limits for CJK are apart, those for the portrait canvas too', () => {
    const tracks = [captionsOf(cue(0, 1, '你好世界', { transform: { y: 0.8 } }))];
    const all = { charactersPerSecondCjk: 3, charactersPerLineCjk: 3, safeYPortrait: 0.7 };
    expect(found(tracks, { captionLimits: all })).toEqual(['DR114 warning', 'DR110 warning']);
    const canvas = { width: 1080, height: 1920, fps: 30 };
    expect(found(tracks, { captionLimits: all, canvas })).toContain('DR118 warning');
  });

  test('the compiler checks by the same limits', () => {
    const options = { media: files, draftName: 'x', now: fixedNow, uuid: countingUuid() };
    const timeline = timelineOf(captionsOf(cue(0, 1)));
    expect(compileDraft(timeline, options).problems).toEqual([]);
    const { draft, problems } = compileDraft(timeline, {
      ...options,
      captionLimits: { shortestUs: 2_000_000 },
    });
    expect(problems.map(({ code }) => code)).toEqual(['DR116']);
    expect(draft).toBeDefined();
  });

  test('a mistake in the defaults of a track is one finding, there', () => {
    const track = {
      ...captionsOf(...[0, 1, 2].map((start) => cue(start, 1))),
      defaults: { style: { size: 0, border: { opacity: 3 } }, transform: { y: -0.95, opacity: 2 } },
    };
    const { problems } = parseTimeline(timelineOf(track));
    expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['DR040', '/tracks/0/defaults/transform/opacity'],
      ['DR107', '/tracks/0/defaults/style/size'],
      ['DR106', '/tracks/0/defaults/style/border/opacity'],
      ['DR118', '/tracks/0/defaults/transform/y'],
    ]);
  });

  test('times are those that were written, not those of the grid', () => {
    const canvas = { width: 1920, height: 1080, fps: 24 };
    expect(found([captionsOf(cue(0, 0.8, 'a'), cue(1, 7))], { canvas })).toEqual(['DR008 info']);
  });

  test('static places give way to keyframes without a word', () => {
    const keyframes = {
      positionY: [
        [0, 0.5],
        [1, 0.6],
      ],
    };
    expect(found([captionsOf(cue(0, 1, 'a', { keyframes }))])).toEqual([]);
    const own = cue(0, 1, 'a', { keyframes, transform: { y: 0 } });
    expect(found([captionsOf(own)])).toEqual(['DR068 warning']);
  });
});

test('a hundred thousand captions on two tracks are checked one by one', () => {
  const line = (start: number, y: number): object => ({
    ...captionsOf(
      ...Array.from({ length: 50_000 }, (_, index) => cue(start + index, 1, `第${index}句字幕 ok`)),
    ),
    defaults: { transform: { y } },
  });
  const tracks = [line(0, -0.8), line(0.5, 0.8)] as Track[];
  const { timeline, problems } = parseTimeline(timelineOf(...tracks));
  expect(problems).toEqual([]);
  expect(timeline!.tracks.map(({ clips }) => clips.length)).toEqual([50_000, 50_000]);
});
