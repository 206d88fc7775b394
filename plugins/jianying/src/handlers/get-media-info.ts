import { UserError } from '@cozecut/problems';
import { probeMedia } from '../media.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** What is in a media file. */
export const getMediaInfo: ToolHandler<'get_media_info'> = async ({ url }, context) => {
  const { facts, streams, bytes } = (await probeMedia([url], context)).get(url)!;
  const { kind, durationUs, width, height, hasAudio } = facts;
  const video = streams.find((stream) => stream.type === 'video');
  return {
    kind,
    duration_us: durationUs,
    width,
    height,
    fps: video?.fps ?? 0,
    rotation: video?.rotation ?? 0,
    codecs: streams.flatMap(({ codec }) => codec ?? []),
    has_audio: hasAudio,
    bytes,
  };
};

/** How long a sound or a video is. */
export const getAudioDuration: ToolHandler<'get_audio_duration'> = async ({ mp3_url }, context) => {
  const { facts } = (await probeMedia([mp3_url], context)).get(mp3_url)!;
  if (facts.durationUs > 0) return { duration: facts.durationUs };
  throw new UserError('MEDIA_UNSUPPORTED', `${JSON.stringify(mp3_url)} has no length: it is no sound`);
};
