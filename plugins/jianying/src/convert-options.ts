import { type ConvertOptions, findProfile } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import type { GenerateDraftInput } from './tools.gen.ts';

/** What the caller has said where the content leaves a choice. */
export function convertOptions(
  input: GenerateDraftInput,
  { catalog }: Pick<ToolContext, 'catalog'>,
): Omit<ConvertOptions, 'facts'> {
  return {
    timeUnit: input.time_unit,
    legacyPosition: input.legacy_position,
    lenient: input.lenient,
    karaoke: input.karaoke,
    ...(catalog === undefined ? {} : { catalog }),
    ...(input.profile === undefined ? {} : { app: findProfile(input.profile).app }),
    ...(input.canvas === undefined ? {} : { canvas: input.canvas }),
    ...(input.play_res === undefined ? {} : { playRes: input.play_res }),
    ...(input.fps === undefined ? {} : { fps: input.fps }),
    ...(input.short_times === undefined ? {} : { shortTimes: input.short_times }),
    ...(input.stream_offset === undefined ? {} : { streamOffset: input.stream_offset }),
    ...(input.timer === undefined ? {} : { timer: input.timer }),
    ...(input.keyframe_offset === undefined ? {} : { keyframeOffset: input.keyframe_offset }),
    ...(input.audio_length === undefined ? {} : { audioLength: input.audio_length }),
  };
}
