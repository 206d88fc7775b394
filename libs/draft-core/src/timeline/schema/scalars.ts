/** Times, colours and other small parts of the schema of timelines. */
import type { TSchema } from 'typebox';
import { Type } from '../type.ts';

export const closed = { additionalProperties: false } as const;

export const TIME_UNIT = 'in the `timeUnit`, or text with a unit: `250ms`, `1.5s`, `00:01:02.500`';
export const timeOf = (meaning: string, fallback?: number) =>
  Type.Union([Type.Number(), Type.String()], {
    description: `${meaning}; ${TIME_UNIT}`,
    ...(fallback === undefined ? {} : { default: fallback }),
  });
export const Time = timeOf('From the start of the clip');
export const Start = timeOf('Where the clip begins on the timeline');
export const Length = timeOf('How long the clip is shown');
export const MediaLength = timeOf(
  'How long the clip plays; default: `source.duration` divided by `speed`, else to the end of the file',
);
export const colorText = (form: string) =>
  Type.String({
    pattern: '^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$',
    patternErrorMessage: form,
    description: '`#RRGGBB` or `#RRGGBBAA`',
  });
export const Color = colorText('#RRGGBB or #RRGGBBAA');
export const textColor = (fallback: string) =>
  Type.Union(
    [
      colorText('#RRGGBB, #RRGGBBAA or [red, green, blue] with 0..1 each'),
      Type.Array(Type.Number(), { minItems: 3, maxItems: 3 }),
    ],
    { default: fallback, description: '`#RRGGBB`, `#RRGGBBAA` or `[red, green, blue]` with 0..1 each' },
  );
export const ClipId = Type.String({
  minLength: 1,
  description: 'Stable id of the clip, unique in the timeline',
});
export const Percent = (description: string, fallback?: number) =>
  Type.Number({
    minimum: 0,
    maximum: 100,
    description: `${description}, 0..100`,
    ...(fallback === undefined ? {} : { default: fallback }),
  });

/** The same schema with words for the place where it stands. */
export const described = <Schema extends TSchema>(schema: Schema, description: string): Schema => ({
  ...schema,
  description,
});
