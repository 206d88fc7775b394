import { listTimeline } from '@cozecut/draft-core';
import { describeChange, findSegment, requireKind, spansOf } from '../change-clips.ts';
import { changeDraft } from '../change-draft.ts';
import { timedReference } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Transitions behind clips; one that is there is replaced. */
export const addTransitions: ToolHandler<'add_transitions'> = (input, context) => {
  const { draft_id, segment_ids, transition, duration } = input;
  const ids = [...new Set(segment_ids)];
  return changeDraft(
    draft_id,
    (before) => {
      for (const id of ids) requireKind(findSegment(before, id), ['video'], 'transitions');
      const others = (before.transitions ?? []).filter(({ after }) => !ids.includes(after));
      const made = ids.map((after) => ({ after, ...timedReference(transition, duration) }));
      const timeline = { ...before, transitions: [...others, ...made] };
      const message = ids.length === 1 ? 'added 1 transition' : `added ${ids.length} transitions`;
      const change = describeChange(draft_id, before, timeline, { message }, context);
      // A transition stands beside its clip, which is the same as before.
      const segment_infos = spansOf(listTimeline(timeline), ids);
      return { timeline, result: { ...change, segment_ids: ids, segment_infos } };
    },
    context,
  );
};
