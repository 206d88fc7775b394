import type { DraftEditName } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import type { Changed } from '../change-clips.ts';
import { editStored } from '../edit-draft.ts';
import { editOf } from '../edit-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Several edits at once, all or none. */
export const editDraft: ToolHandler<'edit_draft'> = (input, context) =>
  editStored(input.draft_id, input.edits, context);

/** Moves a clip. */
export const moveSegment: ToolHandler<'move_segment'> = (input, context) => one('move', input, context);
/** Splits a clip. */
export const splitSegment: ToolHandler<'split_segment'> = (input, context) => one('split', input, context);
/** Moves the ends of a clip. */
export const trimSegment: ToolHandler<'trim_segment'> = (input, context) => one('trim', input, context);
/** Changes how fast a clip plays. */
export const setSpeed: ToolHandler<'set_speed'> = (input, context) => one('speed', input, context);
/** Sets the volume. */
export const setVolume: ToolHandler<'set_volume'> = (input, context) => one('volume', input, context);
/** Plays another file. */
export const replaceMedia: ToolHandler<'replace_media'> = (input, context) =>
  one('replace-media', input, context);
/** Plays another file in one clip. */
export const replaceSegment: ToolHandler<'replace_segment'> = (input, context) =>
  one('replace-media', input, context);
/** Shows other words. */
export const replaceText: ToolHandler<'replace_text'> = (input, context) =>
  one('replace-text', input, context);
/** Removes a clip. */
export const deleteSegment: ToolHandler<'delete_segment'> = (input, context) => one('delete', input, context);
/** Copies a clip. */
export const duplicateSegment: ToolHandler<'duplicate_segment'> = (input, context) =>
  one('duplicate', input, context);
/** Copies a track of another draft. */
export const copyTrack: ToolHandler<'copy_track'> = (input, context) => one('copy-track', input, context);
/** Appends another draft. */
export const concatDrafts: ToolHandler<'concat_drafts'> = (input, context) => one('concat', input, context);
/** Takes a range of time out. */
export const cutDraft: ToolHandler<'cut_draft'> = (input, context) => one('cut', input, context);
/** Changes where files are looked for. */
export const relinkMedia: ToolHandler<'relink_media'> = (input, context) => one('relink', input, context);
/** Makes a draft for another app. */
export const migrateDraft: ToolHandler<'migrate_draft'> = (input, context) => one('migrate', input, context);
/** Fills the placeholders of a template. */
export const fillDraft: ToolHandler<'fill_draft'> = (input, context) => one('fill', input, context);

function one(op: DraftEditName, input: { draft_id: string }, context: ToolContext): Promise<Changed> {
  return editStored(input.draft_id, [editOf(op, input)], context);
}
