import { parseTimeline, type Timeline } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { isUserError, UserError } from '@cozecut/problems';
import { callIds } from '../call-ids.ts';
import { requireFolderName } from '../place.ts';
import { profileId } from '../profile-name.ts';
import { storedTimeline } from '../stored-timeline.ts';
import type { CreateDraftInput, ToolHandler } from '../tools.gen.ts';

/** Keeps an empty timeline, or a copy of another one, and gives it an id. */
export const createDraft: ToolHandler<'create_draft'> = async (input, context) => {
  const { drafts, owner = '', uuid } = context;
  const isKeyed = input.idempotency_key !== undefined;
  const id = isKeyed ? callIds('create_draft', { ...input, draft_id: owner }, context).next() : uuid();
  const made = { draft_id: id, draft_url: drafts.draftUrl(id), tip_url: drafts.pageUrl };
  if (isKeyed && (await isThere(drafts, id))) return made;
  // Two drafts without a name must not want the same folder.
  const name = input.name ?? `draft-${id.slice(0, 8)}`;
  requireFolderName(name);
  const timeline = await firstTimeline(input, name, drafts);
  const { problems } = parseTimeline(timeline);
  if (problems.some((problem) => problem.severity === 'error'))
    throw UserError.fromProblems('DRAFT_INVALID', problems);
  try {
    await drafts.create(timeline, { name, id });
  } catch (error) {
    // The same call at the same time was faster.
    if (!isKeyed || !(await isThere(drafts, id))) throw error;
  }
  return made;
};

async function firstTimeline(
  { template_id: template, profile, width, height, fps }: CreateDraftInput,
  name: string,
  drafts: ToolContext['drafts'],
): Promise<Timeline> {
  const chosen = profile === undefined ? {} : { profile: profileId(profile) };
  if (template !== undefined) {
    return { ...storedTimeline((await drafts.get(template)).timeline), name, ...chosen };
  }
  return {
    schema: 'draft-timeline/1',
    name,
    ...chosen,
    timeUnit: 'us',
    canvas: { width, height, fps },
    tracks: [],
  };
}

async function isThere(drafts: ToolContext['drafts'], id: string): Promise<boolean> {
  try {
    await drafts.get(id, { isShared: true });
    return true;
  } catch (error) {
    if (isUserError(error) && error.code === 'DRAFT_NOT_FOUND') return false;
    throw error;
  }
}
