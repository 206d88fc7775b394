import { type Clip, type ClipOf, editableTimeline, type Timeline } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import { changeClips, mapClips, type PlacedClip, requireKind } from '../change-clips.ts';
import { cropOf, overlaid, transformOf } from '../clip-input.ts';
import { editStored } from '../edit-draft.ts';
import { reference } from '../reference.ts';
import type { ModifySegmentInput, ToolHandler } from '../tools.gen.ts';

/** Changes how clips look and sound. */
export const modifySegment: ToolHandler<'modify_segment'> = (
  { draft_id, segment_ids, clip_settings, ...given },
  context,
) => {
  const { speed, ...changes } = { ...clip_settings, ...given };
  if (speed === undefined && Object.keys(changes).length === 0)
    throw new UserError('INPUT_INVALID', 'give at least one thing to change');
  if (speed === undefined) {
    const change = (placed: PlacedClip, { canvas }: Timeline) => modified(placed, changes, canvas);
    return changeClips(draft_id, segment_ids, change, context);
  }
  const edits = [...new Set(segment_ids)].map((id) => ({ op: 'speed', clip: { id }, speed }));
  return editStored(draft_id, edits, context, (stored) => {
    const timeline = editableTimeline(stored);
    return mapClips(timeline, segment_ids, (placed) => {
      requireKind(placed, ['video', 'audio'], 'speed');
      return modified(placed, changes, timeline.canvas);
    });
  });
};

function modified(
  placed: PlacedClip,
  changes: Omit<ModifySegmentInput, 'draft_id' | 'segment_ids' | 'clip_settings' | 'speed'>,
  canvas: Timeline['canvas'],
): Clip {
  const { crop, volume, change_pitch, filter, filter_intensity, mix_mode } = changes;
  const clip = { ...placed.clip } as ClipOf<'video'>;
  const transform = transformOf(changes, canvas, scalesOf(clip));
  if (Object.keys(transform).length > 0) {
    requireKind(placed, ['video', 'text', 'sticker'], 'place on the canvas');
    clip.transform = overlaid(clip.transform, transform);
  }
  if (volume !== undefined || change_pitch !== undefined) requireKind(placed, ['video', 'audio'], 'sound');
  if (volume !== undefined) clip.volume = volume;
  if (change_pitch !== undefined) clip.changePitch = change_pitch;
  if (crop !== undefined || filter !== undefined || mix_mode !== undefined)
    requireKind(placed, ['video'], 'crop, filter or mix mode');
  if (crop !== undefined) clip.crop = cropOf(crop);
  if (mix_mode !== undefined) clip.mixMode = reference(mix_mode);
  if (filter !== undefined)
    clip.filters = [
      { ...reference(filter), ...(filter_intensity === undefined ? {} : { intensity: filter_intensity }) },
    ];
  return clip as Clip;
}

function scalesOf({ transform }: ClipOf<'video'>): { scale_x?: number; scale_y?: number } {
  const [x, y] = [transform?.scaleX ?? transform?.scale, transform?.scaleY ?? transform?.scale];
  return { ...(x === undefined ? {} : { scale_x: x }), ...(y === undefined ? {} : { scale_y: y }) };
}
