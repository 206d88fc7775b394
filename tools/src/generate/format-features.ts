import { parseTimeline, type Timeline } from '@cozecut/draft-core';

/** A timeline with one feature, and how to see whether it is there. */
export interface WrittenFeature {
  title: string;
  timeline: Timeline;
  /** What of the timeline shows the feature. */
  read(timeline: Timeline): unknown;
}

type Loose = Record<string, unknown>;

const base = {
  schema: 'draft-timeline/1',
  name: 'x',
  timeUnit: 'us',
  canvas: { width: 1920, height: 1080, fps: 30 },
} as const;

function caption(title: string, clip: Loose, keys: readonly string[]): WrittenFeature {
  const whole = { text: 'a b', start: 1_000_000, duration: 2_000_000, ...clip };
  return feature(title, [{ type: 'text', captions: true, clips: [whole] }], keys);
}

function feature(title: string, tracks: Loose[], keys: readonly string[], more: Loose = {}): WrittenFeature {
  return {
    title,
    timeline: { ...base, ...more, tracks } as unknown as Timeline,
    read(timeline) {
      const { timeline: normal } = parseTimeline(timeline, { quantise: false });
      const clips =
        normal?.tracks.flatMap((track) => track.clips.map((clip) => ({ ...clip, type: track.type }))) ?? [];
      const rest = {
        transitions: normal?.transitions.map(({ durationUs, input }) => [durationUs, input.name]),
      };
      return [
        clips.map((clip) => keys.map((key) => at(clip, key))),
        keys.includes('transitions') ? rest : {},
      ];
    },
  };
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as Loose | undefined)?.[key], value) ?? null;
}

const part = (style: Loose): Loose => ({ ranges: [{ start: 0, end: 1, style }] });
const video = (more: Loose = {}): Loose => ({ media: 'walk.mp4', start: 0, duration: 2_000_000, ...more });

/** Everything that a format is asked for, captions first. */
export const WRITTEN_FEATURES: readonly WrittenFeature[] = [
  caption('text and times of captions', {}, ['startUs', 'durationUs', 'input.text']),
  caption('line breaks', { text: 'a\nb' }, ['input.text']),
  caption('bold, italic, underline of a part', part({ bold: true }), ['input.ranges']),
  caption('colour of a part', part({ color: '#FF8800' }), ['input.ranges']),
  caption('size of a part', part({ size: 9 }), ['input.ranges']),
  caption('alignment', { style: { align: 'left' } }, ['input.style.align']),
  caption('top, middle, bottom', { transform: { y: 0.8 } }, ['input.transform.y']),
  caption('any other place', { transform: { x: 0.25, y: -0.5 } }, ['input.transform.x', 'input.transform.y']),
  caption('size', { style: { size: 9 } }, ['input.style.size']),
  caption('colour of a border', { style: { border: { color: '#112233' } } }, ['input.style.border.color']),
  caption('colour of a background', { style: { background: { color: '#112233' } } }, [
    'input.style.background.color',
  ]),
  caption('colour of a shadow', { style: { shadow: { color: '#112233' } } }, ['input.style.shadow.color']),
  caption('width of lines', { style: { maxLineWidth: 0.5 } }, ['input.style.maxLineWidth']),
  caption('vertical text', { style: { vertical: true } }, ['input.style.vertical']),
  caption('rotation', { transform: { rotation: 10 } }, ['input.transform.rotation']),
  caption('font', { style: { font: { name: 'f' } } }, ['input.style.font']),
  caption('animations of captions', { animations: { in: { name: 'a' } } }, ['input.animations']),
  feature(
    'cuts and gaps',
    [{ type: 'video', clips: [video(), video({ start: 3_000_000, source: { start: 1_000_000 } })] }],
    ['startUs', 'source'],
  ),
  feature('speed', [{ type: 'video', clips: [video({ speed: 2 })] }], ['speed', 'source']),
  feature(
    'sound',
    [{ type: 'audio', clips: [{ media: 'tune.mp3', start: 0, duration: 1_000_000 }] }],
    ['type', 'input.media'],
  ),
  feature(
    'transitions',
    [{ type: 'video', clips: [video({ id: 'a' }), video({ start: 2_000_000 })] }],
    ['transitions'],
    { transitions: [{ after: 'a', name: '叠化', duration: 400_000 }] },
  ),
  feature(
    'transform, crop, volume, fades',
    [
      {
        type: 'video',
        clips: [video({ transform: { x: 0.1 }, crop: { left: 0.1 }, volume: 0.5, fade: { in: 100_000 } })],
      },
    ],
    ['input.transform', 'input.crop', 'input.volume', 'fade'],
  ),
  feature(
    'keyframes',
    [
      {
        type: 'video',
        clips: [
          video({
            keyframes: {
              opacity: [
                [0, 0],
                [1_000_000, 1],
              ],
            },
          }),
        ],
      },
    ],
    ['curves'],
  ),
  feature(
    'effects, filters, masks',
    [{ type: 'video', clips: [video({ filters: [{ name: 'f' }], mask: { shape: 'circle' } })] }],
    ['input.filters', 'input.mask'],
  ),
  feature(
    'stickers, effect and filter tracks',
    [{ type: 'filter', clips: [{ filter: { name: 'f' }, start: 0, duration: 1_000_000 }] }],
    ['type', 'input.filter'],
  ),
];
