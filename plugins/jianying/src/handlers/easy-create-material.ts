import type { Timeline } from '@cozecut/draft-core';
import { callIds } from '../call-ids.ts';
import { changeDraft } from '../change-draft.ts';
import { halfCanvas } from '../clip-input.ts';
import { draftReference } from '../draft-reference.ts';
import { openMedia } from '../media.ts';
import { type NewClip, type PlacedClips, placeClips } from '../place-clips.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Longest clip of a sound, a video and a text; microseconds. */
const CLIP_US = 5_000_000;
const PICTURE_US = 3_000_000;

/** A sound, a video, a picture and a text from 0 on, each on a track of its own; all of them or nothing. */
export const easyCreateMaterial: ToolHandler<'easy_create_material'> = async (input, context) => {
  const { draft_id, audio_url, video_url, img_url, text } = input;
  // Before anything is downloaded for it.
  await context.drafts.get(draft_id);
  const files = await openMedia(
    [audio_url, video_url, img_url].filter((url): url is string => url !== undefined),
    context,
  );
  const file = (media: string) => ({
    clip: { media, start: 0, duration: Math.min(CLIP_US, files.get(media)?.facts.durationUs || CLIP_US) },
  });
  return changeDraft(
    draft_id,
    (before) => {
      const ids = callIds('easy', input, context);
      const segmentInfos: PlacedClips['segmentInfos'] = [];
      let timeline: Timeline = before;
      const add = <Kind extends 'audio' | 'video' | 'text'>(type: Kind, clip: NewClip<Kind>): void => {
        const placed = placeClips(timeline, { type }, [clip], ids.next);
        timeline = placed.timeline;
        segmentInfos.push(...placed.segmentInfos);
      };
      add('audio', file(audio_url));
      if (video_url !== undefined) add('video', file(video_url));
      if (img_url !== undefined) add('video', { clip: { media: img_url, start: 0, duration: PICTURE_US } });
      if (text !== undefined) {
        const style = {
          size: input.font_size,
          color: input.text_color,
          align: 'center' as const,
          autoWrap: true,
        };
        const y = halfCanvas(input.text_transform_y, before.canvas.height);
        add('text', { clip: { text, start: 0, duration: CLIP_US, style, transform: { x: 0, y } } });
      }
      const isRepeated = ids.areIn(
        before,
        segmentInfos.map(({ id }) => id),
      );
      return {
        timeline: isRepeated ? before : timeline,
        result: { ...draftReference(draft_id, context), segment_infos: segmentInfos },
      };
    },
    context,
  );
};
