import { generate } from '../generate.ts';
import { FOLDERS_ONLY } from '../placement.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** A whole export in, draft folders out. */
export const generateDraft: ToolHandler<'generate_draft'> = (input, context) =>
  generate(input, context, FOLDERS_ONLY);
