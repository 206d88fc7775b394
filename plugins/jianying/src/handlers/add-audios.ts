import type { ToolHandler } from '@cozecut/plugin-host';
import { type Added, addTrack } from '../add-track.ts';
import { type PlayedInput, played, timed } from '../clip-input.ts';

interface Input {
  draft_id: string;
  audio_infos: ({ audio_url: string } & PlayedInput)[];
}

/** Music or speech on a new track. */
export const addAudios: ToolHandler<Input, Added> = (input, context) =>
  addTrack(
    input.draft_id,
    'audio',
    () => input.audio_infos.map((info) => ({ media: info.audio_url, ...timed(info), ...played(info) })),
    context,
  );
