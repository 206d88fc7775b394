import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { probeMedia } from './media.ts';
import type { AddAudiosInput } from './tools.gen.ts';

type AudioInfo = AddAudiosInput['audio_infos'][number];

/** A clip of one sound may be made of so many. */
const MAX_ROUNDS = 1_000;
/** What is left over at the end is not worth a clip when it is shorter, in microseconds. */
const LEAST_US = 10_000;

/**
 * Sounds that begin anew until their time is over, as one clip for each round; others as they are.
 *
 * @throws UserError INPUT_INVALID when a sound is too short for its time; what `probeMedia` throws.
 */
export async function withLoops(infos: readonly AudioInfo[], context: ToolContext): Promise<AudioInfo[]> {
  const looped = infos.filter(({ loop }) => loop === true).map(({ audio_url: url }) => url);
  if (looped.length === 0) return [...infos];
  const media = await probeMedia(looped, context);
  return infos.flatMap((info) =>
    info.loop === true ? rounds(info, media.get(info.audio_url)!.facts.durationUs) : [info],
  );
}

function rounds(info: AudioInfo, fileUs: number): AudioInfo[] {
  const { start, end, source_start: from = 0, source_end: to = fileUs, speed = 1 } = info;
  const { source_end: _, fade_in, fade_out, ...same } = info;
  const roundUs = Math.floor((Math.min(to, fileUs) - from) / speed);
  if (!(roundUs > 0) || (end - start) / roundUs > MAX_ROUNDS) {
    throw new UserError(
      'INPUT_INVALID',
      `${JSON.stringify(info.audio_url)} is too short to be played again and again for ${end - start} microseconds`,
    );
  }
  const made: AudioInfo[] = [];
  for (let at = start; at < end && (made.length === 0 || end - at >= LEAST_US); at += roundUs)
    made.push({ ...same, start: at, end: Math.min(at + roundUs, end) });
  // The sound comes and goes once.
  return made.map((one, index) => ({
    ...one,
    ...(index === 0 && fade_in !== undefined ? { fade_in } : {}),
    ...(index === made.length - 1 && fade_out !== undefined ? { fade_out } : {}),
  }));
}
