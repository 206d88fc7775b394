import { schemaBuilder } from '@cozecut/problems/schema';
import type { Type as TypeBox } from 'typebox';

/** TypeBox as far as it is used here: its types alone, so that it is not loaded at run time. */
export const Type = schemaBuilder as unknown as Pick<typeof TypeBox, keyof typeof schemaBuilder>;
