/** Text and its style. */
import { Type } from '../type.ts';
import { Keyframes, Transform } from './looks.ts';
import { animation, Font, In, Out, Resource } from './resources.ts';
import { ClipId, Color, closed, described, Length, Percent, Start, textColor } from './scalars.ts';

export const textStyle = {
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
};
export const TextStyle = Type.Object(
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
  },
  { ...closed, description: 'How the text looks' },
);
export const RangeStyle = Type.Object(textStyle, {
  ...closed,
  description: 'Style of the part; what it leaves out is that of the text',
});
export const TextRange = Type.Union([
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
export const TextAnimations = Type.Object(
  {
    in: In,
    out: Out,
    loop: Type.Optional(animation('Repeats between `in` and `out`')),
  },
  { ...closed, description: 'One animation of each kind' },
);
export const TextTemplate = Type.Object(
  {
    ...Resource.properties,
    moreTexts: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Words of its texts after the first, in its order; the first are those of the clip',
      }),
    ),
  },
  {
    ...closed,
    description:
      'Template of texts, as a draft of the app has it that was harvested; it brings its looks and its animations along',
  },
);
export const TextClip = Type.Object(
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
    template: Type.Optional(TextTemplate),
    animations: Type.Optional(TextAnimations),
    keyframes: Type.Optional(Keyframes),
  },
  closed,
);
