import { parseTimeline, type Timeline } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import { requireFolderName } from '../place.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Keeps an empty timeline and gives it an id. */
export const createDraft: ToolHandler<'create_draft'> = async (input, { drafts, uuid }) => {
  const { width, height, fps, profile } = input;
  const id = uuid();
  // Two drafts without a name must not want the same folder.
  const name = input.name ?? `draft-${id.slice(0, 8)}`;
  requireFolderName(name);
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
  await drafts.create(timeline, { name, id });
  return { draft_id: id };
};
