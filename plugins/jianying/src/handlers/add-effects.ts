import { layOver } from '../lay-over.ts';
import { reference, strength } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Effects over the whole picture, or of clips. */
export const addEffects: ToolHandler<'add_effects'> = (input, context) =>
  layOver(
    input,
    'effect',
    input.effect_infos.map(({ effect_title, intensity, params, kind, ...info }) => ({
      ...info,
      resource: {
        ...reference(effect_title),
        ...strength(intensity, params),
        ...(kind === undefined ? {} : { kind }),
      },
    })),
    context,
  );
