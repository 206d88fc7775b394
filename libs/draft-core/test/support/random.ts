import fc from 'fast-check';
import { listProfiles, type Timeline } from '../../src/index.ts';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const half = fc.double({ min: -1, max: 1, noNaN: true });
const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const transform = fc.record(
  {
    x: half,
    y: half,
    scale: fc.double({ min: 0.1, max: 3, noNaN: true }),
    rotation: fc.integer({ min: -360, max: 360 }),
    opacity: fraction,
  },
  { requiredKeys: [] },
);
/** Keyframe times as shares of the clip, so that they always fit. */
const curve = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 0, max: 10 }), half, fc.constantFrom('linear', 'ease-in', 'ease-out', 'hold')),
  {
    selector: ([at]) => at,
    minLength: 1,
    maxLength: 4,
  },
);

/** Lengths in whole milliseconds, and the gap in front; clips are laid one after the other. */
const slot = fc.record({
  gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 40, max: 900 })),
  lengthMs: fc.integer({ min: 100, max: 4000 }),
});

const maybe = <Value>(key: string, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<object> =>
  fc.option(arbitrary, { nil: undefined }).map((value) => (value === undefined ? {} : { [key]: value }));
const all = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((objects) => Object.assign({}, ...objects));

/** Resources of the catalog of the tests that go together on any clip. */
const pictureLooks = all(
  maybe('effects', fc.constantFrom([{ name: 'rain', params: { speed: 30, 1: 70 } }], [{ name: 'halo' }])),
  maybe('filters', fc.constantFrom([{ name: 'warm', intensity: 30 }], [{ id: '1111' }, { name: 'warm' }])),
  maybe('mixMode', fc.constant({ name: 'screen' })),
  maybe('matting', fc.boolean()),
  maybe('chroma', fc.constant({ color: '#00FF00' })),
  maybe(
    'mask',
    fc.record({
      shape: fc.constantFrom('mirror', 'circle', 'rectangle', 'heart', 'star'),
      size: fc.double({ min: 0.01, max: 2, noNaN: true }),
      centerX: fc.integer({ min: -500, max: 500 }),
      feather: fc.integer({ min: 0, max: 100 }),
    }),
  ),
  maybe(
    'animations',
    fc.oneof(
      fc.constant({ group: { name: 'swing' } }),
      all(maybe('in', fc.constant({ name: 'zoom' })), maybe('out', fc.constant({ name: 'shrink' }))),
    ),
  ),
);
const textLooks = all(
  maybe('decoration', fc.constant({ name: 'neon' })),
  maybe('bubble', fc.constant({ effectId: '1', resourceId: '2' })),
  maybe(
    'animations',
    all(
      maybe('in', fc.constantFrom({ name: 'fade' }, { name: 'snow' })),
      maybe('out', fc.constant({ name: 'fly' })),
    ),
  ),
);
const soundLooks = maybe(
  'effects',
  fc.constantFrom([{ name: 'hall', params: { 0: 50 } }], [{ name: 'robot' }, { name: 'cave' }]),
);

const text = fc
  .record({
    slot,
    words: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    size: fc.integer({ min: 1, max: 30 }),
    color: hex,
    transform: optional(transform),
    curve: optional(curve),
    range: fraction,
    bold: fc.boolean(),
    shadow: optional(fc.record({ color: hex, distance: fc.integer({ min: 0, max: 100 }) })),
    font: optional(fc.constantFrom({ name: 'Block' }, { file: 'round.ttf' })),
    looks: textLooks,
  })
  .map(({ slot: at, words, size, color, transform: placed, curve: points, range, font, looks, ...part }) => {
    const value = `t${words}`;
    const style = { bold: part.bold, ...(part.shadow && { shadow: part.shadow }) };
    const ends = [...value].map((_, index, all) => all.slice(0, index + 1).join('').length);
    const end = ends[Math.floor(range * (ends.length - 1))]!;
    return {
      at,
      clip: {
        text: value,
        style: { size, color, ...(font && { font }) },
        ...looks,
        ranges: [{ start: 0, end, style }],
        ...(placed && { transform: placed }),
      },
      curves: { positionY: points },
    };
  });
/** A text in a template, which has its own looks. */
const templated = fc
  .record({
    slot,
    words: fc.tuple(...[12, 12].map((maxLength) => fc.string({ unit: 'grapheme', maxLength }))),
    transform: optional(transform),
    curve: optional(curve),
  })
  .map(({ slot: at, words: [first, second], transform: placed, curve: points }) => ({
    at,
    clip: {
      text: `t${first}`,
      template: { name: 'two lines', moreTexts: [second] },
      ...(placed && { transform: placed }),
    },
    curves: { positionX: points },
  }));
/** Whether a clip plays the last part of its file, and then whether it says how long. */
const tail = optional(fc.record({ isOpen: fc.boolean() }));
const video = fc
  .record({
    slot,
    media: fc.constantFrom('talk.mp4', 'mute.mp4', 'poster.png'),
    speed: fc.constantFrom(1, 1, 2, 0.5),
    crop: optional(fc.constantFrom({ left: 0.25 }, { bottom: 0.5 })),
    transform: optional(transform),
    curve: optional(curve),
    background: optional(hex),
    looks: pictureLooks,
    tail,
  })
  .map(
    ({ slot: at, media, speed, crop, transform: placed, curve: points, background, looks, tail: end }) => ({
      at,
      tail: media === 'poster.png' || end === undefined ? undefined : { fileMs: 10_000, speed, ...end },
      clip: {
        media,
        ...looks,
        ...(media !== 'poster.png' && speed !== 1 && { speed }),
        ...(crop && { crop }),
        ...(placed && { transform: placed }),
        ...(background && { background: { type: 'color', color: background } }),
      },
      curves: { positionX: points },
    }),
  );
const audio = fc
  .record({
    slot,
    tail,
    volume: fc.double({ min: 0, max: 2, noNaN: true }),
    fadeMs: fc.integer({ min: 0, max: 50 }),
    looks: soundLooks,
  })
  .map(({ slot: at, tail: end, volume, fadeMs, looks }) => ({
    at,
    tail: end && { fileMs: 30_000, speed: 1, ...end },
    clip: { media: 'song.mp3', volume, fade: { in: fadeMs, out: fadeMs }, ...looks },
    curves: {},
  }));
const bare = (clip: object): fc.Arbitrary<Piece> => slot.map((at) => ({ at, clip, curves: {} }));
const stickerLooks = maybe(
  'animations',
  fc.constantFrom({ in: { name: 'fade' } }, { loop: { name: 'pulse' } }),
);
const sticker = fc
  .record({ slot, curve: optional(curve), looks: stickerLooks })
  .map(({ slot: at, curve: points, looks }) => ({
    at,
    clip: { sticker: { id: '5' }, ...looks },
    curves: { rotation: points },
  }));

/** Captions: with words found in the text, at times without, on a track with or without defaults. */
const caption = fc
  .record({ slot, words: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), match: fc.boolean() })
  .map(({ slot: at, words, match }) => ({
    at,
    clip: {
      text: `t${words}`,
      ...(match && { ranges: [{ match: `t${words}`, occurrence: 1, style: { italic: true } }] }),
    },
    curves: {},
  }));
const defaults = fc.record(
  {
    style: fc.record({ size: fc.integer({ min: 1, max: 30 }), color: hex }, { requiredKeys: [] }),
    transform,
  },
  { requiredKeys: [] },
);

interface Piece {
  at: { gapMs: number; lengthMs: number };
  clip: object;
  /** Length of the file when the clip plays its last part, and how fast. */
  tail?: { fileMs: number; speed: number; isOpen: boolean } | undefined;
  curves: Record<string, [number, number, string][] | undefined>;
}

/** Lays clips one after the other: neighbours touch or leave a gap of more than a frame. */
function lay(pieces: Piece[]): object[] {
  let atMs = 0;
  return pieces.map(({ at: { gapMs, lengthMs }, clip, tail, curves }) => {
    const start = atMs + gapMs;
    atMs = start + lengthMs;
    const keyframes = Object.fromEntries(
      Object.entries(curves)
        .filter(([, points]) => points !== undefined)
        .map(([key, points]) => [
          key,
          points!.map(([share, value, easing]) => [(lengthMs * share) / 10, value, easing]),
        ]),
    );
    const source = tail && { start: tail.fileMs - lengthMs * tail.speed };
    return {
      ...clip,
      start,
      ...(tail?.isOpen !== true && { duration: lengthMs }),
      ...(source && { source }),
      ...(Object.keys(keyframes).length > 0 && { keyframes }),
    };
  });
}

const trackOf = (type: string, piece: fc.Arbitrary<Piece>): fc.Arbitrary<object> =>
  fc
    .record({
      clips: fc.array(piece, { minLength: 1, maxLength: 6 }),
      muted: fc.boolean(),
      shuffled: fc.boolean(),
    })
    .map(({ clips, muted, shuffled }) => ({
      type,
      muted,
      clips: shuffled ? lay(clips).reverse() : lay(clips),
    }));

const captionTrack = fc
  .tuple(trackOf('text', caption), optional(defaults))
  .map(([track, own]) => ({ ...track, captions: true, ...(own && { defaults: own }) }));

/** Any timeline in which nothing is an error with `sharedCatalog`; its files are those of `files`. */
export const validTimeline: fc.Arbitrary<Timeline> = fc
  .record({
    fps: fc.constantFrom(24, 25, 30, 50, 60),
    width: fc.integer({ min: 16, max: 4000 }),
    height: fc.integer({ min: 16, max: 4000 }),
    mainTrackMagnet: fc.boolean(),
    profile: fc.constantFrom(...listProfiles().map(({ id }) => id)),
    tracks: fc.array(
      fc.oneof(
        trackOf('text', fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: templated })),
        captionTrack,
        trackOf('video', video),
        trackOf('audio', audio),
        trackOf('sticker', sticker),
        trackOf('effect', bare({ effect: { name: 'sparkle' } })),
        trackOf('filter', bare({ filter: { name: 'cool' } })),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(
    ({ fps, width, height, mainTrackMagnet, profile, tracks }) =>
      ({
        schema: 'draft-timeline/1',
        name: 'random',
        timeUnit: 'ms',
        canvas: { width, height, fps },
        mainTrackMagnet,
        profile,
        tracks,
      }) as unknown as Timeline,
  );
