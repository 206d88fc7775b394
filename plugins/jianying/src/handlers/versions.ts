import { UserError } from '@cozecut/problems';
import type { ToolHandler } from '../tools.gen.ts';

/** Former states of a draft. */
export const listVersions: ToolHandler<'list_versions'> = async (
  { draft_id: id, limit, cursor },
  { drafts },
) => {
  if (!/^\d{0,9}$/.test(cursor))
    throw new UserError('INPUT_INVALID', 'cursor must be next_cursor of the page before');
  const { revision } = await drafts.get(id);
  const page = await drafts.revisions(id, { limit, ...(cursor === '' ? {} : { before: Number(cursor) }) });
  return {
    draft_id: id,
    version: revision,
    versions: page.map((one) => ({
      version: one.revision,
      created_at: new Date(one.createdAt).toISOString(),
      bytes: one.bytes,
    })),
    ...(page.length === limit ? { next_cursor: String(page.at(-1)!.revision) } : {}),
  };
};

/** Makes a draft what it was. What comes after it is kept as well. */
export const restoreVersion: ToolHandler<'restore_version'> = async (
  { draft_id: id, version },
  { drafts },
) => {
  const timeline = await drafts.timelineAt(id, version);
  const { revision } = await drafts.edit(id, () => timeline);
  return { draft_id: id, version: revision, restored_version: version };
};
