import { addTrack } from '../add-track.ts';
import { played, timed } from '../clip-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Music or speech on a new track. */
export const addAudios: ToolHandler<'add_audios'> = (input, context) =>
  addTrack(
    input.draft_id,
    'audio',
    () => input.audio_infos.map((info) => ({ media: info.audio_url, ...timed(info), ...played(info) })),
    context,
  );
