import type { ConvertOptions } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';

/** What the flags of an input file say; the names are those of the flags. */
export interface InputFlags {
  from?: string | undefined;
  data?: string | undefined;
  'time-unit'?: string | undefined;
  'legacy-position'?: boolean | undefined;
  canvas?: string | undefined;
  fps?: string | undefined;
  lenient?: boolean | undefined;
  'short-times'?: string | undefined;
  karaoke?: string | undefined;
  'stream-offset'?: string | undefined;
  'play-res'?: string | undefined;
  timer?: string | undefined;
  'keyframe-offset'?: string | undefined;
  'audio-length'?: string | undefined;
}

const choices = [
  'time-unit',
  'short-times',
  'karaoke',
  'stream-offset',
  'timer',
  'keyframe-offset',
  'audio-length',
] as const;
const switches = ['legacy-position', 'lenient'] as const;

/** The options of a conversion, by the names of the library. */
export function convertOptions(flags: InputFlags): Omit<ConvertOptions, 'facts'> {
  const [canvas, playRes] = [sizeOf(flags, 'canvas'), sizeOf(flags, 'play-res')];
  return {
    ...given(flags, (name) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())),
    ...(canvas === undefined ? {} : { canvas }),
    ...(playRes === undefined ? {} : { playRes }),
  };
}

/** The same as input of a tool. */
export function toolOptions(flags: InputFlags): Record<string, unknown> {
  const [canvas, playRes] = [sizeOf(flags, 'canvas'), sizeOf(flags, 'play-res')];
  return {
    ...given(flags, (name) => name.replaceAll('-', '_')),
    ...(canvas === undefined ? {} : { canvas }),
    ...(playRes === undefined ? {} : { play_res: playRes }),
    ...(flags.from === undefined ? {} : { from: flags.from }),
  };
}

/** A size such as `1080x1920`. */
function sizeOf(
  flags: InputFlags,
  flag: 'canvas' | 'play-res',
): { width: number; height: number } | undefined {
  const text = flags[flag];
  if (text === undefined) return undefined;
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(text) ?? [];
  if (Number(width) > 0 && Number(height) > 0) return { width: Number(width), height: Number(height) };
  throw new UserError('USAGE', `--${flag} must be a size such as 1080x1920 (got "${text}")`);
}

/** oclif has checked the words; what nobody has said is left out. */
function given(flags: InputFlags, nameOf: (flag: string) => string): Record<string, unknown> {
  const fps = flags.fps === undefined ? undefined : Number(flags.fps);
  if (fps !== undefined && !(fps > 0 && fps <= 240)) {
    throw new UserError('USAGE', `--fps must be a number above 0 (got "${flags.fps}")`);
  }
  const entries: [string, unknown][] = [
    ...choices.map((flag): [string, unknown] => [nameOf(flag), flags[flag]]),
    ...switches.map((flag): [string, unknown] => [nameOf(flag), flags[flag] || undefined]),
    ['fps', fps],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
