import { describe, expect, test } from 'vitest';
import { parseTimeline } from '../src/index.ts';
import { catalog } from './support/catalog.ts';
import { facts, timelineOf } from './support/timeline.ts';

// biome-ignore lint/suspicious/noExplicitAny: timelines with mistakes have no type
type Loose = any;

/** The last value that is fine, and the first one that is not. */
type Limit = [code: string, severity: string, what: string, fine: Loose, over: Loose];

const video = (clip: Loose): Loose => ({
  type: 'video',
  clips: [{ id: 'a', media: 'talk.mp4', start: '0s', duration: '2s', ...clip }],
});
const sound = (clip: Loose): Loose => ({
  type: 'audio',
  clips: [{ media: 'song.mp3', start: '0s', duration: '2s', ...clip }],
});
const text = (clip: Loose, track: Loose = {}): Loose => ({
  type: 'text',
  ...track,
  clips: [{ text: 'hello', start: '0s', duration: '2s', ...clip }],
});
const caption = (clip: Loose): Loose => text(clip, { captions: true });
const cut = (duration: Loose): Loose => ({
  tracks: [
    {
      type: 'video',
      clips: [
        { id: 'a', media: 'talk.mp4', start: '0s', duration: '2s' },
        { id: 'b', media: 'talk.mp4', start: '2s', duration: '2s', source: { start: '1s' } },
      ],
    },
  ],
  transitions: [{ after: 'a', name: 'wipe', duration }],
});

const limits: Limit[] = [
  ['DR002', 'error', 'start', text({ start: 0 }), text({ start: '-1us' })],
  ['DR003', 'error', 'length', text({ duration: '1us' }), text({ duration: 0 })],
  [
    'DR004',
    'error',
    'end of time',
    text({ start: 0, duration: `${2 ** 53 - 1}us` }),
    text({ start: '2us', duration: `${2 ** 53 - 2}us` }),
  ],
  ['DR023', 'warning', 'slow', video({ speed: 0.1 }), video({ speed: 0.099 })],
  ['DR023', 'warning', 'fast', sound({ speed: 8, duration: '1s' }), sound({ speed: 8.01, duration: '1s' })],
  [
    'DR024',
    'error',
    'length of a still',
    video({ media: 'poster.png', source: { duration: '2s' } }),
    video({ media: 'poster.png', source: { duration: '1.9s' } }),
  ],
  ['DR029', 'info', 'gain', sound({ volume: 4 }), sound({ volume: 4.01 })],
  ['DR029', 'warning', 'gain', sound({ volume: 10 }), sound({ volume: 10.01 })],
  [
    'DR029',
    'warning',
    'gain of a curve',
    sound({ keyframes: { volume: [[0, 10]] } }),
    sound({ keyframes: { volume: [[0, 10.01]] } }),
  ],
  ['DR041', 'warning', 'scale', text({ transform: { scale: 10 } }), text({ transform: { scale: 10.01 } })],
  // A picture of 1280x720 is as large as the canvas, so its edge leaves it at 2.
  ['DR042', 'warning', 'place', video({ transform: { x: 1.99 } }), video({ transform: { x: 2 } })],
  [
    'DR042',
    'warning',
    'places of a curve',
    video({
      keyframes: {
        positionX: [
          ['0s', 2],
          ['1s', 1.99],
        ],
      },
    }),
    video({
      keyframes: {
        positionX: [
          ['0s', 2],
          ['1s', 9],
        ],
      },
    }),
  ],
  [
    'DR042',
    'warning',
    'from one side to the other',
    video({
      keyframes: {
        positionY: [
          ['0s', 2],
          ['1s', -2],
        ],
      },
    }),
    video({
      keyframes: {
        positionY: [
          ['0s', -2],
          ['1s', -3],
        ],
      },
    }),
  ],
  [
    'DR042',
    'warning',
    'size of a curve',
    video({
      transform: { x: 2 },
      keyframes: {
        scale: [
          ['0s', 0.1],
          ['1s', 1.1],
        ],
      },
    }),
    video({
      transform: { x: 2 },
      keyframes: {
        scale: [
          ['0s', 0.1],
          ['1s', 1],
        ],
      },
    }),
  ],
  [
    'DR042',
    'warning',
    'turned',
    video({ transform: { x: 2, rotation: 20 } }),
    video({ transform: { x: 2, rotation: 180 } }),
  ],
  ['DR042', 'warning', 'text', text({ transform: { y: 1 } }), text({ transform: { y: -1.1 } })],
  [
    'DR063',
    'error',
    'scale and curves of its axes',
    video({ transform: { scaleX: 2 }, keyframes: { scaleX: [[0, 2]] } }),
    video({ transform: { scale: 2 }, keyframes: { scaleX: [[0, 2]] } }),
  ],
  [
    'DR060',
    'error',
    'keyframe',
    video({ keyframes: { rotation: [['2s', 1]] } }),
    video({ keyframes: { rotation: [['2000001us', 1]] } }),
  ],
  [
    'DR072',
    'error',
    'animation',
    video({ animations: { in: { name: 'zoom', duration: '2s' } } }),
    video({ animations: { in: { name: 'zoom', duration: '2000001us' } } }),
  ],
  [
    'DR073',
    'error',
    'both ends',
    text({ animations: { in: { name: 'fade', duration: '1s' }, out: { name: 'fly', duration: '1s' } } }),
    text({
      animations: { in: { name: 'fade', duration: '1s' }, out: { name: 'fly', duration: '1000001us' } },
    }),
  ],
  ['DR075', 'warning', 'half of a clip', cut('1s'), cut('1000001us')],
  ['DR075', 'error', 'a clip', cut('2s'), cut('2000001us')],
  [
    'DR084',
    'error',
    'strength of an effect',
    video({ effects: [{ name: 'rain', intensity: 100 }] }),
    video({ effects: [{ name: 'rain', intensity: 100.1 }] }),
  ],
  [
    'DR090',
    'error',
    'fades',
    sound({ fade: { in: '1s', out: '1s' } }),
    sound({ fade: { in: '1s', out: '1000001us' } }),
  ],
  [
    'DR090',
    'error',
    'fades beside the grid',
    sound({ duration: '2010ms', fade: { in: '1005ms', out: '1005ms' } }),
    sound({ duration: '2010ms', fade: { in: '1005ms', out: '1006ms' } }),
  ],
  ['DR107', 'error', 'line', text({ style: { maxLineWidth: 1 } }), text({ style: { maxLineWidth: 1.01 } })],
  ['DR110', 'warning', 'speed', caption({ text: 'a'.repeat(40) }), caption({ text: 'a'.repeat(41) })],
  [
    'DR110',
    'warning',
    'speed in Chinese',
    caption({ text: `${'字'.repeat(11)}\n${'字'.repeat(11)}` }),
    caption({ text: `${'字'.repeat(11)}\n${'字'.repeat(12)}` }),
  ],
  ['DR116', 'warning', 'short', caption({ text: 'a', duration: '800ms' }), caption({ duration: '799ms' })],
  ['DR117', 'warning', 'long', caption({ duration: '7s' }), caption({ duration: '7001ms' })],
  ['DR118', 'warning', 'low', caption({ transform: { y: -0.9 } }), caption({ transform: { y: -0.901 } })],
];

describe('a rule begins where it says', () => {
  const found = (part: Loose): string[] => {
    const whole = part.tracks === undefined ? timelineOf(part) : { ...timelineOf(), ...part };
    return parseTimeline(whole, { facts, catalog }).problems.map(
      ({ code, severity }) => `${code} ${severity}`,
    );
  };

  test.each(limits)('%s %s: %s', (code, severity, _what, fine, over) => {
    expect(found(fine)).not.toContain(`${code} ${severity}`);
    expect(found(over)).toContain(`${code} ${severity}`);
  });
});

test('keyframes on a clip that has none are a property that does not exist there', () => {
  const effect = { effect: { name: 'rain' }, start: 0, duration: '1s', keyframes: { opacity: [[0, 1]] } };
  const { problems } = parseTimeline(timelineOf({ type: 'effect', clips: [effect] }), { facts, catalog });
  expect(problems).toContainEqual(
    expect.objectContaining({ code: 'DR064', pointer: '/tracks/0/clips/0/keyframes' }),
  );
});
