import type { ToolHandler } from '../tools.gen.ts';

/** Drafts, newest first. */
export const listDrafts: ToolHandler<'list_drafts'> = async ({ q, limit, cursor }, { drafts }) => {
  const page = await drafts.list({
    limit,
    ...(q === '' ? {} : { query: q }),
    ...(cursor === '' ? {} : { before: cursor }),
  });
  return {
    drafts: page.drafts.map(({ id, name, state, revision, createdAt, modifiedAt }) => ({
      draft_id: id,
      draft_url: drafts.draftUrl(id),
      name,
      status: state === 'saved' ? 'completed' : 'open',
      revision,
      created_at: new Date(createdAt).toISOString(),
      modified_at: new Date(modifiedAt).toISOString(),
    })),
    total: page.total,
    ...(page.next === undefined ? {} : { next_cursor: page.next }),
  };
};
