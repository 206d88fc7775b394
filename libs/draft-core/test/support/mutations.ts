import type { Timeline, Track } from '../../src/index.ts';

type Json = Record<string, unknown>;

/** One way to break a timeline in which nothing is an error, and the finding it gives. */
export interface Mutation {
  code: string;
  severity: 'error' | 'warning';
  /** What is broken. */
  what: string;
  /** Whether a track has something to break. */
  fits(track: Track): boolean;
  /** Breaks it, in place, and gives the start of the pointer of the finding. */
  apply(timeline: Timeline, track: number, clip: number): string;
}

const ofType =
  (...types: Track['type'][]) =>
  (track: Track): boolean =>
    types.includes(track.type);
const any = (): boolean => true;

/** Sets keys of one clip. */
function onClip(
  code: string,
  fits: Mutation['fits'],
  values: Json | ((clip: Json) => Json),
  severity: Mutation['severity'] = 'error',
): Mutation {
  return {
    code,
    severity,
    what: typeof values === 'function' ? values.toString() : JSON.stringify(values),
    fits,
    apply(timeline, track, index) {
      const clip = timeline.tracks[track]!.clips[index] as unknown as Json;
      Object.assign(clip, typeof values === 'function' ? values(clip) : values);
      return `/tracks/${track}/clips/${index}`;
    },
  };
}

/** Changes the timeline as a whole. */
function onTimeline(code: string, pointer: string, change: (timeline: Json) => void): Mutation {
  return {
    code,
    severity: 'error',
    what: change.toString(),
    fits: any,
    apply(timeline) {
      change(timeline as unknown as Json);
      return pointer;
    },
  };
}

const video = ofType('video');
const text = ofType('text');
const sound = ofType('video', 'audio');
const isCaption = (track: Track): boolean => track.type === 'text' && track.captions === true;

/** A video instead of a still picture. */
const playing = ({ media }: Json): Json => ({ media: media === 'poster.png' ? 'talk.mp4' : media });

function twice(code: string, fits: Mutation['fits']): Mutation {
  return {
    code,
    severity: 'error',
    what: 'the same clip twice',
    fits,
    apply(timeline, track, index) {
      const { clips } = timeline.tracks[track]!;
      (clips as unknown[]).push(structuredClone(clips[index]));
      return `/tracks/${track}/clips/`;
    },
  };
}

/** Ways to break a timeline, by rule. */
export const mutations: readonly Mutation[] = [
  twice('DR001', (track) => !isCaption(track)),
  twice('DR111', isCaption),
  onClip('DR002', any, { start: -1 }),
  onClip('DR003', any, { duration: 0 }),
  onClip('DR003', any, { duration: '-1ms' }),
  onClip('DR004', any, { start: Number.NaN }),
  onClip('DR004', any, { duration: '0.5us' }),
  onClip('DR005', any, { start: '5' }),
  onClip('DR005', any, { duration: '' }),
  onTimeline('DR005', '', (timeline) => delete timeline.timeUnit),
  onTimeline('DR011', '/tracks/', (timeline) => {
    const tracks = timeline.tracks as Json[];
    tracks.push({ type: 'text', name: 'one', clips: [] }, { type: 'audio', name: 'one', clips: [] });
  }),
  {
    code: 'DR013',
    severity: 'warning',
    what: 'no clips',
    fits: any,
    apply(timeline, track) {
      timeline.tracks[track]!.clips = [];
      return `/tracks/${track}`;
    },
  },
  onTimeline('DR014', '/tracks/', (timeline) => {
    for (const track of timeline.tracks as { clips: Json[] }[]) for (const clip of track.clips) clip.id = 'x';
    (timeline.tracks as Json[])[0]!.id = 'x';
  }),
  onTimeline('DR018', '/canvas/fps', (timeline) => Object.assign(timeline.canvas as Json, { fps: 23 })),
  onTimeline('DR018', '/canvas/width', (timeline) => Object.assign(timeline.canvas as Json, { width: 15 })),
  onClip('DR020', sound, (clip) => ({ ...playing(clip), source: { start: 99_999 } })),
  onClip('DR022', sound, (clip) => ({ ...playing(clip), speed: 0 })),
  onClip('DR024', sound, (clip) => ({
    ...playing(clip),
    duration: 200,
    source: { start: 0, duration: 900 },
    speed: 3,
  })),
  onClip('DR025', video, { media: 'poster.png', speed: 2, source: undefined, duration: 500 }),
  onClip('DR027', video, { reverse: true }),
  onClip('DR028', sound, { volume: -0.1 }),
  onClip('DR040', ofType('video', 'text'), { transform: { opacity: 1.01 } }),
  onClip('DR041', ofType('video', 'text'), { transform: { scale: 0 } }),
  onClip('DR043', video, { crop: { left: 0.5, right: 0.5 } }),
  onClip('DR050', video, { background: { type: 'blur', level: 1.5 } }),
  onClip('DR060', ofType('video', 'text'), {
    keyframes: {
      rotation: [
        [0, 0],
        [9_999_999, 1],
      ],
    },
  }),
  onClip('DR061', ofType('video', 'text'), {
    keyframes: {
      rotation: [
        [1, 0],
        ['1ms', 1],
      ],
    },
  }),
  onClip('DR062', video, {
    keyframes: {
      brightness: [
        [0, 0],
        [1, 1.5],
      ],
    },
  }),
  onClip('DR063', ofType('video', 'text'), { transform: { scale: 1, scaleX: 1 } }),
  onClip('DR064', text, {
    keyframes: {
      volume: [
        [0, 0],
        [1, 1],
      ],
    },
  }),
  onClip('DR069', ofType('video', 'text'), {
    keyframes: {
      rotation: [
        [0, 0, 'jump'],
        [1, 1],
      ],
    },
  }),
  onClip('DR090', sound, { fade: { in: 50_000, out: 50_000 } }),
  onClip('DR093', ofType('audio'), { media: 'talk.mp4' }),
  onClip('DR093', video, { media: 'song.mp3' }),
  onClip('DR100', text, ({ text: words }) => ({
    ranges: [{ start: 0, end: 2 * String(words).length, style: {} }],
  })),
  onClip('DR101', text, ({ text: words }) => ({
    ranges: [{ start: 1, end: String(words).length + 1, style: {} }],
  })),
  onClip('DR101', text, { text: 'x😀y', ranges: [{ start: 2, end: 4, style: {} }] }),
  onClip('DR101', text, { ranges: [{ match: '\u0000nowhere', style: {} }] }),
  onClip('DR102', text, { text: '\u3000\n' }),
  onClip('DR106', text, { style: { color: [0, 0, 2] } }),
  onClip('DR107', text, { style: { size: -1 } }),
  onClip('DR110', isCaption, { text: 'a'.repeat(500) }, 'warning'),
  onClip('DR115', isCaption, { text: 'a\nb\nc', ranges: [] }, 'warning'),
  onClip('DR118', isCaption, { transform: { x: 1 } }, 'warning'),
  onClip('DR120', sound, { media: 'gone.mp4' }),
  onClip('DR121', sound, { media: 'https://example.com/a.mp4' }),
  onClip('DR162', any, { colour: 'red' }),
  onTimeline('DR165', '/transitions/0', (timeline) => {
    timeline.transitions = [{ after: 'nobody', name: 'x' }];
  }),
];
