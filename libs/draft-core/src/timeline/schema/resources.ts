/** What refers to resources of the app: effects, filters, animations, fonts. */
import { Type } from '../type.ts';
import { closed, Percent, timeOf } from './scalars.ts';

/** A resource of the editor, by display name or by id; one of the two is required. */
export const Resource = Type.Object(
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
export const Font = Type.Object(
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
export const Parameters = Type.Record(Type.String(), Type.Number(), {
  description: 'Parameter name or index to 0..100; what is left out keeps the default of the catalog',
});
export const EffectIntensity = Percent('Strength: the first parameter of the effect, whatever its name');
export const Effect = Type.Object(
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
export const Filter = Type.Object(
  { ...Resource.properties, intensity: Type.Optional(Percent('Strength', 100)) },
  closed,
);
export const animation = (when: string) =>
  Type.Object(
    {
      ...Resource.properties,
      duration: Type.Optional(timeOf('How long it takes; default: that of the catalog')),
    },
    { ...closed, description: when },
  );
export const In = Type.Optional(animation('How the clip appears'));
export const Out = Type.Optional(animation('How the clip goes'));
