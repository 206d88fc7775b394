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

const TIME_UNIT = 'in the `timeUnit`, or text with a unit: `250ms`, `1.5s`, `00:01:02.500`';
const timeOf = (meaning: string, fallback?: number) =>
  Type.Union([Type.Number(), Type.String()], {
    description: `${meaning}; ${TIME_UNIT}`,
    ...(fallback === undefined ? {} : { default: fallback }),
  });
const Time = timeOf('From the start of the clip');
const Start = timeOf('Where the clip begins on the timeline');
const Length = timeOf('How long the clip is shown');
const MediaLength = timeOf(
  'How long the clip plays; default: `source.duration` divided by `speed`, else to the end of the file',
);
const colorText = (form: string) =>
  Type.String({
    pattern: '^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$',
    patternErrorMessage: form,
    description: '`#RRGGBB` or `#RRGGBBAA`',
  });
const Color = colorText('#RRGGBB or #RRGGBBAA');
const textColor = (fallback: string) =>
  Type.Union(
    [
      colorText('#RRGGBB, #RRGGBBAA or [red, green, blue] with 0..1 each'),
      Type.Array(Type.Number(), { minItems: 3, maxItems: 3 }),
    ],
    { default: fallback, description: '`#RRGGBB`, `#RRGGBBAA` or `[red, green, blue]` with 0..1 each' },
  );
const ClipId = Type.String({ minLength: 1, description: 'Stable id of the clip, unique in the timeline' });
const Percent = (description: string, fallback?: number) =>
  Type.Number({
    minimum: 0,
    maximum: 100,
    description: `${description}, 0..100`,
    ...(fallback === undefined ? {} : { default: fallback }),
  });

/** The same schema with words for the place where it stands. */
const described = <Schema extends TSchema>(schema: Schema, description: string): Schema => ({
  ...schema,
  description,
});

/** A resource of the editor, by display name or by id; one of the two is required. */
const Resource = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, description: 'Display name in the catalog of the app' })),
    id: Type.Optional(Type.String({ minLength: 1, description: 'Resource id, decides when given' })),
    effectId: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Effect id; needed where it differs and no catalog knows it',
      }),
    ),
  },
  closed,
);
/** A font of the app, or a font file that the draft brings along. */
const Font = Type.Object(
  {
    ...Resource.properties,
    file: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Path or address of a font file, copied into the draft; excludes the others',
      }),
    ),
  },
  closed,
);
const Parameters = Type.Record(Type.String(), Type.Number(), {
  description: 'Parameter name or index to 0..100; what is left out keeps the default of the catalog',
});
const EffectIntensity = Percent('Strength: the first parameter of the effect, whatever its name');
const Effect = Type.Object(
  {
    ...Resource.properties,
    kind: Type.Optional(
      Type.Union([Type.Literal('scene'), Type.Literal('character')], {
        description: 'What the effect is laid over: the whole picture or the people in it',
      }),
    ),
    params: Type.Optional(Parameters),
    intensity: Type.Optional(EffectIntensity),
  },
  closed,
);
const Filter = Type.Object(
  { ...Resource.properties, intensity: Type.Optional(Percent('Strength', 100)) },
  closed,
);
const animation = (when: string) =>
  Type.Object(
    {
      ...Resource.properties,
      duration: Type.Optional(timeOf('How long it takes; default: that of the catalog')),
    },
    { ...closed, description: when },
  );
const In = Type.Optional(animation('How the clip appears'));
const Out = Type.Optional(animation('How the clip goes'));

const Source = Type.Object(
  {
    start: Type.Optional(timeOf('Where the part begins in the file', 0)),
    duration: Type.Optional(
      timeOf('Length of the part in the file; default: the duration of the clip times `speed`'),
    ),
  },
  { ...closed, description: 'The part of the media file that is used; the start defaults to 0' },
);
const Fade = Type.Object(
  {
    in: Type.Optional(timeOf('Length of the fade in', 0)),
    out: Type.Optional(timeOf('Length of the fade out', 0)),
  },
  { ...closed, description: 'Lengths of the fade in and out of the sound' },
);
const Crop = Type.Object(
  {
    left: Type.Optional(
      Type.Number({ default: 0, description: 'Fraction of the width of the picture, 0..1' }),
    ),
    top: Type.Optional(
      Type.Number({ default: 0, description: 'Fraction of the height of the picture, 0..1' }),
    ),
    right: Type.Optional(
      Type.Number({ default: 1, description: 'Fraction of the width of the picture, 0..1' }),
    ),
    bottom: Type.Optional(
      Type.Number({ default: 1, description: 'Fraction of the height of the picture, 0..1' }),
    ),
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
    scaleX: Type.Optional(
      Type.Number({ default: 1, description: 'Scale of the width alone; excludes `scale`' }),
    ),
    scaleY: Type.Optional(
      Type.Number({ default: 1, description: 'Scale of the height alone; excludes `scale`' }),
    ),
    rotation: Type.Optional(Type.Number({ default: 0, description: 'Degrees clockwise' })),
    opacity: Type.Optional(Type.Number({ default: 1, description: 'Opacity, 0..1' })),
    flipX: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether left and right change places' }),
    ),
    flipY: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether top and bottom change places' }),
    ),
  },
  { ...closed, description: 'Place, size, angle and opacity on the canvas' },
);
const Background = Type.Union(
  [
    Type.Object(
      {
        type: Type.Literal('blur', { description: 'A blurred copy of the picture itself' }),
        level: Type.Optional(
          Type.Number({
            default: 0.0625,
            description: 'Strength, 0..1; the app has 0.0625, 0.375, 0.75 and 1',
          }),
        ),
      },
      closed,
    ),
    Type.Object({ type: Type.Literal('color', { description: 'One colour' }), color: Color }, closed),
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
const curve = (description: string) => Type.Optional(Type.Array(Keyframe, { minItems: 1, description }));
const VolumeCurve = curve('Linear gain, >= 0');
const Keyframes = Type.Object(
  {
    positionX: curve('Half-canvas units from the centre, right is positive'),
    positionY: curve('Half-canvas units from the centre, up is positive'),
    rotation: curve('Degrees clockwise'),
    scale: curve('1 = fitted inside the canvas; excludes `scaleX` and `scaleY`'),
    scaleX: curve('Scale of the width alone'),
    scaleY: curve('Scale of the height alone'),
    opacity: curve('Opacity, 0..1'),
    saturation: curve('Change of the saturation, -1..1; video and pictures only'),
    contrast: curve('Change of the contrast, -1..1; video and pictures only'),
    brightness: curve('Change of the brightness, -1..1; video and pictures only'),
    volume: VolumeCurve,
  },
  { ...closed, description: 'Properties that change over the time of the clip' },
);
const Mask = Type.Object(
  {
    shape: Type.Union(
      [
        Type.Literal('line'),
        Type.Literal('mirror'),
        Type.Literal('circle'),
        Type.Literal('rectangle'),
        Type.Literal('heart'),
        Type.Literal('star'),
      ],
      { description: 'Form of the mask' },
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
    invert: Type.Optional(Type.Boolean({ default: false, description: 'Whether the inside is hidden' })),
    rectWidth: Type.Optional(
      Type.Number({ description: 'Rectangle only: fraction of the width of the material' }),
    ),
    roundCorner: Type.Optional(Percent('Rectangle only: roundness', 0)),
  },
  { ...closed, description: 'The part of the picture that is shown' },
);
const Chroma = Type.Object(
  {
    color: Color,
    intensity: Type.Optional(Percent('Strength')),
    shadow: Type.Optional(Percent('Shadow')),
    edgeSmooth: Type.Optional(Percent('Edge smoothing')),
    spill: Type.Optional(Percent('Spill suppression')),
  },
  { ...closed, description: 'Makes one colour of the picture transparent' },
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
    start: Start,
    duration: Type.Optional(MediaLength),
    source: Type.Optional(Source),
    speed: Speed,
    changePitch: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether the pitch follows the speed' }),
    ),
    reverse: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether it plays backwards; cannot be written yet (DR027)',
      }),
    ),
    volume: Volume,
    fade: Type.Optional(Fade),
    crop: Type.Optional(Crop),
    transform: Type.Optional(Transform),
    background: Type.Optional(Background),
    mask: Type.Optional(Mask),
    chroma: Type.Optional(Chroma),
    mixMode: Type.Optional(described(Resource, 'How the picture is mixed with what is behind it')),
    matting: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether the app cuts people out of the picture' }),
    ),
    effects: Type.Optional(Type.Array(Effect, { description: 'Effects of this clip' })),
    filters: Type.Optional(Type.Array(Filter, { description: 'Filters of this clip' })),
    animations: Type.Optional(
      Type.Object(
        {
          in: In,
          out: Out,
          group: Type.Optional(animation('One for the whole clip; excludes `in` and `out`')),
        },
        { ...closed, description: 'One animation of each kind' },
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
    start: Start,
    duration: Type.Optional(MediaLength),
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
              Type.Union([Type.Literal('scene'), Type.Literal('tone'), Type.Literal('speech-to-song')], {
                description: 'Category; one effect of each',
              }),
            ),
            params: Type.Optional(Parameters),
            intensity: Type.Optional(EffectIntensity),
          },
          closed,
        ),
        { description: 'Effects of this sound' },
      ),
    ),
    keyframes: Type.Optional(
      Type.Object({ volume: VolumeCurve }, { ...closed, description: 'Volume over the time of the clip' }),
    ),
  },
  closed,
);

const textStyle = {
  size: Type.Optional(
    Type.Number({
      default: 8,
      description: 'Size as shown in the app, about percent of the canvas height; 5 on a caption track',
    }),
  ),
  bold: Type.Optional(Type.Boolean({ default: false, description: 'Whether it is bold' })),
  italic: Type.Optional(Type.Boolean({ default: false, description: 'Whether it is slanted' })),
  underline: Type.Optional(Type.Boolean({ default: false, description: 'Whether it is underlined' })),
  color: Type.Optional(textColor('#FFFFFF')),
  opacity: Type.Optional(Type.Number({ default: 1, description: 'Opacity, 0..1' })),
  font: Type.Optional(described(Font, 'Font; default: that of the app')),
  border: Type.Optional(
    Type.Object(
      {
        color: Type.Optional(textColor('#000000')),
        opacity: Type.Optional(Type.Number({ default: 1, description: 'Opacity, 0..1' })),
        width: Type.Optional(Percent('Width of the outline', 40)),
      },
      { ...closed, description: 'Outline of the letters' },
    ),
  ),
};
const TextStyle = Type.Object(
  {
    ...textStyle,
    align: Type.Optional(
      Type.Union([Type.Literal('left'), Type.Literal('center'), Type.Literal('right')], {
        default: 'left',
        description: 'Side that lines are set to; `center` on a caption track',
      }),
    ),
    vertical: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether lines run from top to bottom' }),
    ),
    letterSpacing: Type.Optional(
      Type.Number({ default: 0, description: 'Room between letters, as shown in the app' }),
    ),
    lineSpacing: Type.Optional(
      Type.Number({ default: 0, description: 'Room between lines, as shown in the app' }),
    ),
    autoWrap: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether lines are broken at `maxLineWidth`; true on a caption track',
      }),
    ),
    maxLineWidth: Type.Optional(
      Type.Number({ default: 0.82, description: 'Fraction of the canvas width, 0..1' }),
    ),
    background: Type.Optional(
      Type.Object(
        {
          color: Color,
          style: Type.Optional(
            Type.Union([Type.Literal(1), Type.Literal(2)], {
              default: 1,
              description: 'Form, as the app counts them',
            }),
          ),
          opacity: Type.Optional(Type.Number({ default: 1, description: 'Opacity, 0..1' })),
          roundRadius: Type.Optional(
            Type.Number({ default: 0, description: 'Roundness of the corners, 0..1' }),
          ),
          height: Type.Optional(Type.Number({ default: 0.14, description: 'Height, 0..1' })),
          width: Type.Optional(Type.Number({ default: 0.14, description: 'Width, 0..1' })),
          horizontalOffset: Type.Optional(
            Type.Number({ default: 0.5, description: 'Place from left to right, 0.5 is the middle, 0..1' }),
          ),
          verticalOffset: Type.Optional(
            Type.Number({ default: 0.5, description: 'Place from top to bottom, 0.5 is the middle, 0..1' }),
          ),
        },
        { ...closed, description: 'Box behind the text' },
      ),
    ),
    shadow: Type.Optional(
      Type.Object(
        {
          color: Type.Optional(textColor('#000000')),
          opacity: Type.Optional(Type.Number({ default: 1, description: 'Opacity, 0..1' })),
          diffuse: Type.Optional(Percent('Blur', 15)),
          distance: Type.Optional(Percent('Distance', 5)),
          angle: Type.Optional(Type.Number({ default: -45, description: 'Degrees, -180..180' })),
        },
        { ...closed, description: 'Shadow of the letters' },
      ),
    ),
  },
  { ...closed, description: 'How the text looks' },
);
const RangeStyle = Type.Object(textStyle, {
  ...closed,
  description: 'Style of the part; what it leaves out is that of the text',
});
const TextRange = Type.Union([
  Type.Object(
    {
      start: Type.Integer({ minimum: 0, description: 'UTF-16 code units from the start of the text' }),
      end: Type.Integer({ minimum: 0, description: 'UTF-16 code units, exclusive' }),
      style: RangeStyle,
    },
    closed,
  ),
  Type.Object(
    {
      match: Type.String({ minLength: 1, description: 'The words themselves, letter by letter' }),
      occurrence: Type.Optional(
        Type.Integer({ minimum: 1, description: 'Which of several places, from 1; default: each of them' }),
      ),
      style: RangeStyle,
    },
    closed,
  ),
]);
const TextAnimations = Type.Object(
  {
    in: In,
    out: Out,
    loop: Type.Optional(animation('Repeats between `in` and `out`')),
  },
  { ...closed, description: 'One animation of each kind' },
);
const TextClip = Type.Object(
  {
    id: Type.Optional(ClipId),
    text: Type.String({ description: 'What is shown' }),
    start: Start,
    duration: Length,
    style: Type.Optional(TextStyle),
    ranges: Type.Optional(Type.Array(TextRange, { description: 'Parts with a style of their own' })),
    transform: Type.Optional(Transform),
    bubble: Type.Optional(
      Type.Object(
        {
          effectId: Type.String({ minLength: 1, description: 'Effect id' }),
          resourceId: Type.String({ minLength: 1, description: 'Resource id' }),
        },
        { ...closed, description: 'Speech bubble around the text' },
      ),
    ),
    decoration: Type.Optional(described(Resource, 'Decorative style of the letters')),
    animations: Type.Optional(TextAnimations),
    keyframes: Type.Optional(Keyframes),
  },
  closed,
);
const StickerClip = Type.Object(
  {
    id: Type.Optional(ClipId),
    sticker: described(Resource, 'The sticker'),
    start: Start,
    duration: Length,
    transform: Type.Optional(Transform),
    keyframes: Type.Optional(Keyframes),
  },
  closed,
);
const EffectClip = Type.Object(
  { id: Type.Optional(ClipId), effect: described(Effect, 'The effect'), start: Start, duration: Length },
  closed,
);
const FilterClip = Type.Object(
  { id: Type.Optional(ClipId), filter: described(Filter, 'The filter'), start: Start, duration: Length },
  closed,
);

const track = {
  id: Type.Optional(
    Type.String({ minLength: 1, description: 'Stable id of the track, unique in the timeline' }),
  ),
  name: Type.Optional(Type.String({ description: 'Name in the app, unique in the timeline' })),
  muted: Type.Optional(Type.Boolean({ default: false, description: 'Whether the track is muted' })),
  layer: Type.Optional(
    Type.Integer({
      description:
        'Offset inside the band of the track type, higher is nearer; default: over the tracks of the type before it, captions from 999',
    }),
  ),
  absoluteLayer: Type.Optional(Type.Integer({ description: 'Layer as the app stores it; excludes `layer`' })),
};
const trackBody = <Name extends string, Clip extends TSchema>(type: Name, clip: Clip) => ({
  ...track,
  type: Type.Literal(type, { description: 'Kind of the track' }),
  clips: Type.Array(clip, { description: 'What is on the track, in any order' }),
});
const trackOf = <Name extends string, Clip extends TSchema>(type: Name, clip: Clip) =>
  Type.Object(trackBody(type, clip), closed);
const TextTrack = Type.Object(
  {
    ...trackBody('text', TextClip),
    captions: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Whether the clips are captions: size 5, centred, wrapped, at y -0.8 on the top text layer unless said otherwise, and checked for readability',
      }),
    ),
    defaults: Type.Optional(
      Type.Object(
        {
          style: Type.Optional(TextStyle),
          transform: Type.Optional(Transform),
          animations: Type.Optional(TextAnimations),
        },
        {
          ...closed,
          description: 'What every clip of the track takes over, key by key, unless it has its own',
        },
      ),
    ),
  },
  closed,
);

const tracks = [
  trackOf('video', VideoClip),
  trackOf('audio', AudioClip),
  TextTrack,
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
    duration: Type.Optional(timeOf('How long it takes; default: that of the catalog')),
  },
  closed,
);

const Marker = Type.Object(
  {
    at: Type.Unsafe<Static<typeof Time>>({ ...Time, description: 'Where the note is' }),
    text: Type.String({ description: 'What it says' }),
  },
  closed,
);

/** JSON Schema (2020-12) of `draft-timeline/1`. */
export const timelineSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'Address of this schema, for editors' })),
    schema: Type.Literal('draft-timeline/1', { description: 'Format of this document' }),
    name: Type.String({ minLength: 1, description: 'Name of the draft' }),
    profile: Type.Optional(
      Type.String({
        description: 'Id of the app family the draft is written for; default: jianying-5.9-win',
      }),
    ),
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
      { ...closed, description: 'Size of the picture' },
    ),
    mainTrackMagnet: Type.Optional(
      Type.Boolean({ default: true, description: 'Whether the app closes gaps on the main track' }),
    ),
    cover: Type.Optional(
      Type.String({ description: 'Path or address of a JPEG, shown in the list of drafts' }),
    ),
    tracks: Type.Array(Track, { description: 'From the back to the front' }),
    transitions: Type.Optional(
      Type.Array(Transition, { description: 'Ways from one clip of a video track to the next' }),
    ),
    markers: Type.Optional(
      Type.Array(Marker, { description: 'Notes for people; pictures show them, drafts do not keep them' }),
    ),
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
/** What the clips of a text track take over from it. */
export type TextDefaults = NonNullable<Extract<Track, { type: 'text' }>['defaults']>;
/** A part of a text with a style of its own: by place, or by its words. */
export type TextRange = NonNullable<ClipOf<'text'>['ranges']>[number];
/** Style of a part of a text. */
export type RangeStyle = TextRange['style'];
/** A transition between two neighbouring clips. */
export type TimelineTransition = Static<typeof Transition>;
/** Unit of the numbers of a timeline. */
export type TimeUnit = Timeline['timeUnit'];
