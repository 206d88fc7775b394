import {
  type EditedTimeline,
  editableTimeline,
  editSources,
  editTimeline,
  type MediaFile,
  type Timeline,
} from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { type Changed, describeChange } from './change-clips.ts';
import { openMedia } from './media.ts';
import { storedTimeline } from './stored-timeline.ts';

/**
 * Makes edits of a stored draft, all or none: those that `docs/reference/draft-edits.md` lists. Media are opened only
 * where what they are decides what becomes of a clip.
 *
 * @param prepare - Changes the timeline before the edits are made to it.
 * @throws UserError DRAFT_EDIT_FAILED with all findings; the draft is as it was then.
 */
export async function editStored(
  draftId: string,
  edits: readonly object[],
  context: ToolContext,
  prepare: (timeline: Timeline) => Timeline = (timeline) => timeline,
): Promise<Changed> {
  const { drafts, uuid, now, catalog } = context;
  const stored = await drafts.get(draftId);
  const sources = editSources(edits);
  const timelines = new Map<string, Timeline>();
  for (const id of sources.drafts) timelines.set(id, storedTimeline((await drafts.get(id)).timeline));
  // New clips are like those of the tools that add some: their files are opened when the draft is saved.
  const named = editSources(edits.filter((edit) => !('op' in edit) || edit.op !== 'add')).media;
  const media = new Map<string, MediaFile>(await openMedia(named, context));
  const ports = { uuid, now, timelines, media, ...(catalog === undefined ? {} : { catalog }) };

  const planned = editTimeline(prepare(storedTimeline(stored.timeline)), edits, ports);
  if (planned.wants.length > 0) {
    for (const [source, file] of await openMedia(planned.wants, context)) media.set(source, file);
  } else refuseErrors(planned);

  let answer: Changed | undefined;
  await drafts.edit(draftId, (timeline) => {
    const before = storedTimeline(timeline);
    const made = refuseErrors(editTimeline(prepare(before), edits, ports));
    answer = describeChange(
      draftId,
      editableTimeline(before),
      made.timeline,
      { message: made.summary.join('; '), problems: made.problems },
      context,
    );
    return made.timeline;
  });
  return answer!;
}

function refuseErrors(edited: EditedTimeline): EditedTimeline & { timeline: Timeline } {
  if (edited.timeline === undefined) {
    const errors = edited.problems.filter(({ severity }) => severity === 'error');
    throw UserError.fromProblems('DRAFT_EDIT_FAILED', errors);
  }
  return edited as EditedTimeline & { timeline: Timeline };
}
