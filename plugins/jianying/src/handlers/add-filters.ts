import { layOver } from '../lay-over.ts';
import { reference } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Filters over the whole picture, or of clips. */
export const addFilters: ToolHandler<'add_filters'> = (input, context) =>
  layOver(
    input,
    'filter',
    input.filter_infos.map(({ filter_title, intensity, ...info }) => ({
      ...info,
      resource: { ...reference(filter_title), ...(intensity === undefined ? {} : { intensity }) },
    })),
    context,
  );
