/** Clips that play a file. */
import { Type } from '../type.ts';
import {
  Background,
  Chroma,
  Crop,
  Fade,
  Keyframes,
  Mask,
  Source,
  Speed,
  Transform,
  Volume,
  VolumeCurve,
} from './looks.ts';
import { animation, Effect, EffectIntensity, Filter, In, Out, Parameters, Resource } from './resources.ts';
import { ClipId, closed, described, MediaLength, Start } from './scalars.ts';

export const VideoClip = Type.Object(
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
export const AudioClip = Type.Object(
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
