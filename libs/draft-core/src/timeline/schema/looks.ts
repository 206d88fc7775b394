/** How a clip looks, sounds and moves. */
import type { Static } from 'typebox';
import { Type } from '../type.ts';
import { Color, closed, Percent, Time, timeOf } from './scalars.ts';

export const Source = Type.Object(
  {
    start: Type.Optional(timeOf('Where the part begins in the file', 0)),
    duration: Type.Optional(
      timeOf('Length of the part in the file; default: the duration of the clip times `speed`'),
    ),
  },
  { ...closed, description: 'The part of the media file that is used; the start defaults to 0' },
);
export const Fade = Type.Object(
  {
    in: Type.Optional(timeOf('Length of the fade in', 0)),
    out: Type.Optional(timeOf('Length of the fade out', 0)),
  },
  { ...closed, description: 'Lengths of the fade in and out of the sound' },
);
export const Crop = Type.Object(
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
export const Transform = Type.Object(
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
export const Background = Type.Union(
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
export const Keyframe = Type.Unsafe<[Static<typeof Time>, number] | [Static<typeof Time>, number, string]>({
  type: 'array',
  prefixItems: [Time, Type.Number(), Type.String()],
  minItems: 2,
  maxItems: 3,
  description:
    '`[time from the start of the clip, value, easing?]`; the easing (`linear`, `ease-in`, `ease-out`, `ease-in-out`, `hold`) shapes the way to the next keyframe',
});
export const curve = (description: string) =>
  Type.Optional(Type.Array(Keyframe, { minItems: 1, description }));
export const VolumeCurve = curve('Linear gain, >= 0');
export const Keyframes = Type.Object(
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
export const Mask = Type.Object(
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
      Type.Number({ description: 'Rectangle only: fraction of the width of the material; default: `size`' }),
    ),
    roundCorner: Type.Optional(Percent('Rectangle only: roundness', 0)),
  },
  { ...closed, description: 'The part of the picture that is shown' },
);
export const Chroma = Type.Object(
  {
    color: Color,
    intensity: Type.Optional(Percent('Strength')),
    shadow: Type.Optional(Percent('Shadow')),
    edgeSmooth: Type.Optional(Percent('Edge smoothing')),
    spill: Type.Optional(Percent('Spill suppression')),
  },
  { ...closed, description: 'Makes one colour of the picture transparent' },
);
export const Speed = Type.Optional(
  Type.Number({ default: 1, description: 'Source length divided by timeline length' }),
);
export const Volume = Type.Optional(Type.Number({ default: 1, description: 'Linear gain, 1 = as recorded' }));
