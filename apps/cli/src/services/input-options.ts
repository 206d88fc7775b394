import type { ConvertOptions } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';

/** What the flags of an input file say; the names are those of the flags. */
export interface InputFlags {
  from?: string | undefined;
  data?: string | undefined;
  'time-unit'?: string | undefined;
  'legacy-position'?: boolean | undefined;
  fps?: string | undefined;
  lenient?: boolean | undefined;
  'short-times'?: string | undefined;
  karaoke?: string | undefined;
  'stream-offset'?: string | undefined;
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
  return given(flags, (name) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));
}

/** The same as input of a tool. */
export function toolOptions(flags: InputFlags): Record<string, unknown> {
  return {
    ...given(flags, (name) => name.replaceAll('-', '_')),
    ...(flags.from === undefined ? {} : { from: flags.from }),
  };
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
