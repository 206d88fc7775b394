import { parseTimeline, type Timeline } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import { folderName } from '../place.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Keeps an empty timeline and gives it an id. */
export const createDraft: ToolHandler<'create_draft'> = async (input, { drafts }) => {
  const { name, width, height, fps, profile } = input;
  if (folderName(name) !== name) {
    throw new UserError(
      'INPUT_INVALID',
      `name must be usable as a folder name (got ${JSON.stringify(name)})`,
      {
        hint: `${JSON.stringify(folderName(name))} would do`,
      },
    );
  }
  const timeline: Timeline = {
    schema: 'draft-timeline/1',
    name,
    ...(profile === undefined ? {} : { profile }),
    timeUnit: 'us',
    canvas: { width, height, fps },
    tracks: [],
  };
  const { problems } = parseTimeline(timeline);
  if (problems.some((problem) => problem.severity === 'error'))
    throw UserError.fromProblems('DRAFT_INVALID', problems);
  const { id } = await drafts.create(timeline, { name });
  return { draft_id: id };
};
