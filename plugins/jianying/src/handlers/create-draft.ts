import { parseTimeline, type Timeline } from '@cozecut/draft-core';
import type { ToolHandler } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { folderName } from '../place.ts';

interface Input {
  name: string;
  width: number;
  height: number;
  fps: number;
  profile?: string;
}

/** Keeps an empty timeline and gives it an id. */
export const createDraft: ToolHandler<Input, { draft_id: string }> = async (input, { drafts }) => {
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
