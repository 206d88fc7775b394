import type { Timeline } from '../../timeline/schema.ts';
import { type DraftList, listDraft } from '../edit/list-draft.ts';
import { JsonDocument } from '../json/json-document.ts';
import { editableTimeline } from './editable-timeline.ts';
import { projectTimeline } from './project.ts';

/**
 * Lists tracks and clips of a timeline with the ids, places and names by which edits find them. A clip whose length
 * only its file would tell has none.
 *
 * @param timeline - One in which nothing is an error.
 */
export function listTimeline(timeline: Timeline): DraftList {
  let count = 0;
  const projected = projectTimeline(editableTimeline(timeline), {
    uuid: () => `material ${count++}`,
    transitionUs: () => undefined,
    isStill: () => false,
  });
  return listDraft(new JsonDocument(JSON.stringify(projected), timeline.name));
}
