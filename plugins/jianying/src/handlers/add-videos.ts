import type { ToolHandler } from '@cozecut/plugin-host';
import { type Added, addTrack } from '../add-track.ts';
import {
  type PictureInput,
  type PlacementInput,
  type PlayedInput,
  pictured,
  played,
  timed,
} from '../clip-input.ts';

interface Input extends PlacementInput {
  draft_id: string;
  video_infos: ({ video_url: string } & PlayedInput & PictureInput)[];
}

/** Video clips on a new track. */
export const addVideos: ToolHandler<Input, Added> = (input, context) =>
  addTrack(
    input.draft_id,
    'video',
    ({ canvas }) =>
      input.video_infos.map((info) => ({
        media: info.video_url,
        ...timed(info),
        ...played(info),
        ...pictured(info, input, canvas),
      })),
    context,
  );
