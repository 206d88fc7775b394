/** Tracks with their clips, transitions and notes. */
import type { Static, TSchema } from 'typebox';
import { Type } from '../type.ts';
import { Keyframes, Transform } from './looks.ts';
import { AudioClip, VideoClip } from './media-clips.ts';
import { Effect, Filter, Resource } from './resources.ts';
import { ClipId, closed, described, Length, Start, Time, timeOf } from './scalars.ts';
import { TextAnimations, TextClip, TextStyle } from './text-clips.ts';

export const StickerClip = Type.Object(
  {
    id: Type.Optional(ClipId),
    sticker: described(Resource, 'The sticker'),
    start: Start,
    duration: Length,
    transform: Type.Optional(Transform),
    animations: Type.Optional(TextAnimations),
    keyframes: Type.Optional(Keyframes),
  },
  closed,
);
export const EffectClip = Type.Object(
  { id: Type.Optional(ClipId), effect: described(Effect, 'The effect'), start: Start, duration: Length },
  closed,
);
export const FilterClip = Type.Object(
  { id: Type.Optional(ClipId), filter: described(Filter, 'The filter'), start: Start, duration: Length },
  closed,
);

export const track = {
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
export const trackBody = <Name extends string, Clip extends TSchema>(type: Name, clip: Clip) => ({
  ...track,
  type: Type.Literal(type, { description: 'Kind of the track' }),
  clips: Type.Array(clip, { description: 'What is on the track, in any order' }),
});
export const trackOf = <Name extends string, Clip extends TSchema>(type: Name, clip: Clip) =>
  Type.Object(trackBody(type, clip), closed);
export const TextTrack = Type.Object(
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

export const tracks = [
  trackOf('video', VideoClip),
  trackOf('audio', AudioClip),
  TextTrack,
  trackOf('sticker', StickerClip),
  trackOf('effect', EffectClip),
  trackOf('filter', FilterClip),
] as const;
// `oneOf` with a discriminator, so that a mistake in a clip is reported once, for the track type that was meant.
export const TrackSchema = Type.Unsafe<Static<(typeof tracks)[number]>>({
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: tracks,
});

export const Transition = Type.Object(
  {
    after: Type.String({
      description: 'Id of the clip that leaves; the next clip of its track must touch it',
    }),
    ...Resource.properties,
    duration: Type.Optional(timeOf('How long it takes; default: that of the catalog')),
  },
  closed,
);

export const Marker = Type.Object(
  {
    at: Type.Unsafe<Static<typeof Time>>({ ...Time, description: 'Where the note is' }),
    text: Type.String({ description: 'What it says' }),
  },
  closed,
);
