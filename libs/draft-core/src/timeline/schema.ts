/**
 * The timeline: what a person or a program says about a video, in a form that no editor dictates.
 * This schema is the one definition: validator, TypeScript types and the published JSON Schema come from it.
 *
 * Units: every time is a number in the timeline's `timeUnit`, or text with its own unit (`"250ms"`, `"1.5s"`,
 * `"00:01:02.500"`). Positions are half-canvas units from the centre, x to the right, **y up**. Angles are degrees
 * clockwise. Colours are `#RRGGBB` or `#RRGGBBAA`.
 */
import type { Static, TSchema } from 'typebox';
import { Type } from './type.ts';

const closed = { additionalProperties: false } as const;

const Time = Type.Union([Type.Number(), Type.String()], {
  description:
    'A time in the `timeUnit` of the timeline, or text with a unit: `250ms`, `1.5s`, `00:01:02.500`',
});
const colorText = (form: string) =>
  Type.String({
    pattern: '^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$',
    patternErrorMessage: form,
    description: '`#RRGGBB` or `#RRGGBBAA`',
  });
const Color = colorText('#RRGGBB or #RRGGBBAA');
const TextColor = Type.Union(
  [
    colorText('#RRGGBB, #RRGGBBAA or [red, green, blue] with 0..1 each'),
    Type.Array(Type.Number(), { minItems: 3, maxItems: 3 }),
  ],
  { description: '`#RRGGBB`, `#RRGGBBAA` or `[red, green, blue]` with 0..1 each' },
);
const ClipId = Type.String({ minLength: 1, description: 'Stable id of the clip, unique in the timeline' });
const Percent = (description: string, fallback?: number) =>
  Type.Number({
    minimum: 0,
    maximum: 100,
    description,
    ...(fallback === undefined ? {} : { default: fallback }),
  });

/** A resource of the editor, by display name or by id; one of the two is required. */
const Resource = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, description: 'Display name in the catalog of the app' })),
    id: Type.Optional(Type.String({ minLength: 1, description: 'Resource id, decides when given' })),
    effectId: Type.Optional(Type.String({ minLength: 1, description: 'Effect id, when it differs' })),
  },
  closed,
);
const Parameters = Type.Record(Type.String(), Type.Number(), {
  description: 'Parameter name or index to 0..100; what is left out keeps the default of the catalog',
});
const Effect = Type.Object(
  {
    ...Resource.properties,
    kind: Type.Optional(Type.Union([Type.Literal('scene'), Type.Literal('character')])),
    params: Type.Optional(Parameters),
  },
  closed,
);
const Filter = Type.Object(
  { ...Resource.properties, intensity: Type.Optional(Percent('Strength', 100)) },
  closed,
);
const Animation = Type.Object({ ...Resource.properties, duration: Type.Optional(Time) }, closed);

const Source = Type.Object(
  {
    start: Type.Optional(Time),
    duration: Type.Optional(Time),
  },
  { ...closed, description: 'The part of the media file that is used; the start defaults to 0' },
);
const Fade = Type.Object(
  { in: Type.Optional(Time), out: Type.Optional(Time) },
  { ...closed, description: 'Lengths of the fade in and out of the sound' },
);
const Crop = Type.Object(
  {
    left: Type.Optional(Type.Number({ default: 0 })),
    top: Type.Optional(Type.Number({ default: 0 })),
    right: Type.Optional(Type.Number({ default: 1 })),
    bottom: Type.Optional(Type.Number({ default: 1 })),
  },
  { ...closed, description: 'Edges of the visible part as fractions of the picture, origin top left' },
);
const Transform = Type.Object(
  {
    x: Type.Optional(
      Type.Number({ default: 0, description: 'Half-canvas units from the centre, right is positive' }),
    ),
    y: Type.Optional(
      Type.Number({ default: 0, description: 'Half-canvas units from the centre, up is positive' }),
    ),
    scale: Type.Optional(Type.Number({ default: 1, description: '1 = fitted inside the canvas' })),
    scaleX: Type.Optional(Type.Number({ description: 'Excludes `scale`' })),
    scaleY: Type.Optional(Type.Number({ description: 'Excludes `scale`' })),
    rotation: Type.Optional(Type.Number({ default: 0, description: 'Degrees clockwise' })),
    opacity: Type.Optional(Type.Number({ default: 1, description: '0..1' })),
    flipX: Type.Optional(Type.Boolean({ default: false })),
    flipY: Type.Optional(Type.Boolean({ default: false })),
  },
  closed,
);
const Background = Type.Union(
  [
    Type.Object(
      {
        type: Type.Literal('blur'),
        level: Type.Optional(Type.Number({ default: 0.0625, description: '0..1' })),
      },
      closed,
    ),
    Type.Object({ type: Type.Literal('color'), color: Color }, closed),
  ],
  { description: 'Fills the canvas around a clip of the main track' },
);
const Keyframe = Type.Unsafe<[Static<typeof Time>, number] | [Static<typeof Time>, number, string]>({
  type: 'array',
  prefixItems: [Time, Type.Number(), Type.String()],
  minItems: 2,
  maxItems: 3,
  description:
    '`[time from the start of the clip, value, easing?]`; the easing (`linear`, `ease-in`, `ease-out`, `ease-in-out`, `hold`) shapes the way to the next keyframe',
});
const Curve = Type.Optional(Type.Array(Keyframe, { minItems: 1 }));
const Keyframes = Type.Object(
  {
    positionX: Curve,
    positionY: Curve,
    rotation: Curve,
    scale: Curve,
    scaleX: Curve,
    scaleY: Curve,
    opacity: Curve,
    saturation: Curve,
    contrast: Curve,
    brightness: Curve,
    volume: Curve,
  },
  closed,
);
const Mask = Type.Object(
  {
    shape: Type.Union(
      (['line', 'mirror', 'circle', 'rectangle', 'heart', 'star'] as const).map((shape) =>
        Type.Literal(shape),
      ),
    ),
    centerX: Type.Optional(
      Type.Number({ default: 0, description: 'Pixels of the material from its centre' }),
    ),
    centerY: Type.Optional(
      Type.Number({ default: 0, description: 'Pixels of the material from its centre' }),
    ),
    size: Type.Optional(Type.Number({ default: 0.5, description: 'Fraction of the height of the material' })),
    rotation: Type.Optional(Type.Number({ default: 0, description: 'Degrees clockwise' })),
    feather: Type.Optional(Percent('Softness of the edge', 0)),
    invert: Type.Optional(Type.Boolean({ default: false })),
    rectWidth: Type.Optional(
      Type.Number({ description: 'Rectangle only: fraction of the width of the material' }),
    ),
    roundCorner: Type.Optional(Percent('Rectangle only: roundness', 0)),
  },
  closed,
);
const Chroma = Type.Object(
  {
    color: Color,
    intensity: Type.Optional(Percent('Strength')),
    shadow: Type.Optional(Percent('Shadow')),
    edgeSmooth: Type.Optional(Percent('Edge smoothing')),
    spill: Type.Optional(Percent('Spill suppression')),
  },
  closed,
);
const Speed = Type.Optional(
  Type.Number({ default: 1, description: 'Source length divided by timeline length' }),
);
const Volume = Type.Optional(Type.Number({ default: 1, description: 'Linear gain, 1 = as recorded' }));

const VideoClip = Type.Object(
  {
    id: Type.Optional(ClipId),
    media: Type.String({
      minLength: 1,
      description: 'Path, `file:` or `http(s):` address of a video or a picture',
    }),
    name: Type.Optional(Type.String({ description: 'Display name of the material' })),
    start: Time,
    duration: Type.Optional(Time),
    source: Type.Optional(Source),
    speed: Speed,
    changePitch: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether the pitch follows the speed' }),
    ),
    reverse: Type.Optional(Type.Boolean({ default: false })),
    volume: Volume,
    fade: Type.Optional(Fade),
    crop: Type.Optional(Crop),
    transform: Type.Optional(Transform),
    background: Type.Optional(Background),
    mask: Type.Optional(Mask),
    chroma: Type.Optional(Chroma),
    mixMode: Type.Optional(Resource),
    matting: Type.Optional(Type.Boolean({ default: false })),
    effects: Type.Optional(Type.Array(Effect)),
    filters: Type.Optional(Type.Array(Filter)),
    animations: Type.Optional(
      Type.Object(
        { in: Type.Optional(Animation), out: Type.Optional(Animation), group: Type.Optional(Animation) },
        closed,
      ),
    ),
    keyframes: Type.Optional(Keyframes),
  },
  closed,
);
const AudioClip = Type.Object(
  {
    id: Type.Optional(ClipId),
    media: Type.String({ minLength: 1, description: 'Path, `file:` or `http(s):` address of a sound file' }),
    name: Type.Optional(Type.String({ description: 'Display name of the material' })),
    start: Time,
    duration: Type.Optional(Time),
    source: Type.Optional(Source),
    speed: Speed,
    changePitch: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether the pitch follows the speed' }),
    ),
    volume: Volume,
    fade: Type.Optional(Fade),
    effects: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ...Resource.properties,
            kind: Type.Optional(
              Type.Union([Type.Literal('scene'), Type.Literal('tone'), Type.Literal('speech-to-song')]),
            ),
            params: Type.Optional(Parameters),
          },
          closed,
        ),
      ),
    ),
    keyframes: Type.Optional(Type.Object({ volume: Curve }, closed)),
  },
  closed,
);

const textStyle = {
  size: Type.Optional(Type.Number({ default: 8, description: 'Size as shown in the app' })),
  bold: Type.Optional(Type.Boolean({ default: false })),
  italic: Type.Optional(Type.Boolean({ default: false })),
  underline: Type.Optional(Type.Boolean({ default: false })),
  color: Type.Optional(TextColor),
  opacity: Type.Optional(Type.Number({ default: 1, description: '0..1' })),
  font: Type.Optional(Resource),
  border: Type.Optional(
    Type.Object(
      {
        color: Type.Optional(TextColor),
        opacity: Type.Optional(Type.Number({ default: 1, description: '0..1' })),
        width: Type.Optional(Percent('Width of the outline', 40)),
      },
      closed,
    ),
  ),
};
const TextStyle = Type.Object(
  {
    ...textStyle,
    align: Type.Optional(Type.Union([Type.Literal('left'), Type.Literal('center'), Type.Literal('right')])),
    vertical: Type.Optional(Type.Boolean({ default: false })),
    letterSpacing: Type.Optional(Type.Number({ default: 0, description: 'As shown in the app' })),
    lineSpacing: Type.Optional(Type.Number({ default: 0, description: 'As shown in the app' })),
    autoWrap: Type.Optional(Type.Boolean({ default: false })),
    maxLineWidth: Type.Optional(
      Type.Number({ default: 0.82, description: 'Fraction of the canvas width, 0..1' }),
    ),
    background: Type.Optional(
      Type.Object(
        {
          color: Color,
          style: Type.Optional(Type.Union([Type.Literal(1), Type.Literal(2)])),
          opacity: Type.Optional(Type.Number({ default: 1, description: '0..1' })),
          roundRadius: Type.Optional(Type.Number({ default: 0, description: '0..1' })),
          height: Type.Optional(Type.Number({ default: 0.14, description: '0..1' })),
          width: Type.Optional(Type.Number({ default: 0.14, description: '0..1' })),
          horizontalOffset: Type.Optional(Type.Number({ default: 0.5, description: '0..1' })),
          verticalOffset: Type.Optional(Type.Number({ default: 0.5, description: '0..1' })),
        },
        closed,
      ),
    ),
    shadow: Type.Optional(
      Type.Object(
        {
          color: Type.Optional(TextColor),
          opacity: Type.Optional(Type.Number({ default: 1, description: '0..1' })),
          diffuse: Type.Optional(Percent('Blur', 15)),
          distance: Type.Optional(Percent('Distance', 5)),
          angle: Type.Optional(Type.Number({ default: -45, description: 'Degrees, -180..180' })),
        },
        closed,
      ),
    ),
  },
  closed,
);
const TextRange = Type.Object(
  {
    start: Type.Integer({ minimum: 0, description: 'UTF-16 code units from the start of the text' }),
    end: Type.Integer({ minimum: 0, description: 'UTF-16 code units, exclusive' }),
    style: Type.Object(textStyle, closed),
  },
  closed,
);
const TextClip = Type.Object(
  {
    id: Type.Optional(ClipId),
    text: Type.String({ description: 'What is shown' }),
    start: Time,
    duration: Time,
    style: Type.Optional(TextStyle),
    ranges: Type.Optional(Type.Array(TextRange, { description: 'Parts with a style of their own' })),
    transform: Type.Optional(Transform),
    bubble: Type.Optional(Type.Object({ effectId: Type.String(), resourceId: Type.String() }, closed)),
    decoration: Type.Optional(Type.Object({ effectId: Type.String() }, closed)),
    animations: Type.Optional(
      Type.Object(
        { in: Type.Optional(Animation), out: Type.Optional(Animation), loop: Type.Optional(Animation) },
        closed,
      ),
    ),
    keyframes: Type.Optional(Keyframes),
  },
  closed,
);
const StickerClip = Type.Object(
  {
    id: Type.Optional(ClipId),
    sticker: Resource,
    start: Time,
    duration: Time,
    transform: Type.Optional(Transform),
    keyframes: Type.Optional(Keyframes),
  },
  closed,
);
const EffectClip = Type.Object(
  { id: Type.Optional(ClipId), effect: Effect, start: Time, duration: Time },
  closed,
);
const FilterClip = Type.Object(
  { id: Type.Optional(ClipId), filter: Filter, start: Time, duration: Time },
  closed,
);

const track = {
  id: Type.Optional(Type.String({ minLength: 1 })),
  name: Type.Optional(Type.String({ description: 'Unique in the timeline' })),
  muted: Type.Optional(Type.Boolean({ default: false })),
  layer: Type.Optional(
    Type.Integer({ description: 'Offset inside the band of the track type; higher is nearer' }),
  ),
  absoluteLayer: Type.Optional(Type.Integer({ description: 'Layer as the app stores it; excludes `layer`' })),
};
const trackOf = <Name extends string, Clip extends TSchema>(type: Name, clip: Clip) =>
  Type.Object({ ...track, type: Type.Literal(type), clips: Type.Array(clip) }, closed);

const tracks = [
  trackOf('video', VideoClip),
  trackOf('audio', AudioClip),
  trackOf('text', TextClip),
  trackOf('sticker', StickerClip),
  trackOf('effect', EffectClip),
  trackOf('filter', FilterClip),
] as const;
// `oneOf` with a discriminator, so that a mistake in a clip is reported once, for the track type that was meant.
const Track = Type.Unsafe<Static<(typeof tracks)[number]>>({
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: tracks,
});

const Transition = Type.Object(
  {
    after: Type.String({
      description: 'Id of the clip that leaves; the next clip of its track must touch it',
    }),
    ...Resource.properties,
    duration: Type.Optional(Time),
  },
  closed,
);

/** JSON Schema (2020-12) of `draft-timeline/1`. */
export const timelineSchema = Type.Object(
  {
    schema: Type.Literal('draft-timeline/1'),
    name: Type.String({ minLength: 1, description: 'Name of the draft' }),
    profile: Type.Optional(Type.String({ description: 'Id of the app family the draft is written for' })),
    timeUnit: Type.Union([Type.Literal('us'), Type.Literal('ms'), Type.Literal('s')], {
      description: 'Unit of every time that is a number',
    }),
    canvas: Type.Object(
      {
        width: Type.Integer({ description: 'Pixels, 16..8192' }),
        height: Type.Integer({ description: 'Pixels, 16..8192' }),
        fps: Type.Number({ description: 'Frames per second: 24, 25, 30, 50 or 60' }),
        ratio: Type.Optional(Type.String({ description: 'Label such as `16:9`', default: 'original' })),
      },
      closed,
    ),
    mainTrackMagnet: Type.Optional(
      Type.Boolean({ default: true, description: 'Whether the app closes gaps on the main track' }),
    ),
    cover: Type.Optional(Type.String({ description: 'Picture shown in the list of drafts' })),
    tracks: Type.Array(Track, { description: 'From the back to the front' }),
    transitions: Type.Optional(Type.Array(Transition)),
  },
  closed,
);

/** A timeline as it is written in JSON: `draft-timeline/1`. */
export type Timeline = Static<typeof timelineSchema>;
/** One track of a {@link Timeline}. */
export type Track = Timeline['tracks'][number];
/** Kind of a track. */
export type TrackType = Track['type'];
/** A clip of a track of the given kind. */
export type ClipOf<Kind extends TrackType> = Extract<Track, { type: Kind }>['clips'][number];
/** Any clip. */
export type Clip = ClipOf<TrackType>;
/** A transition between two neighbouring clips. */
export type TimelineTransition = Static<typeof Transition>;
/** Unit of the numbers of a timeline. */
export type TimeUnit = Timeline['timeUnit'];
