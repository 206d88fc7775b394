import { generate } from '../generate.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** A whole export in, drafts for the editor of this machine out: seeded, listed, zipped. */
export const placeDraft: ToolHandler<'place_draft'> = (input, context) =>
  generate(input, context, {
    markerGeneration: input.marker_generation,
    seedPlaces: input.seed ?? [],
    register: input.register,
    force: input.force,
    zip: input.zip,
  });
