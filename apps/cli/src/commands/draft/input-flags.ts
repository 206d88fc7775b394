import * as Flags from '@oclif/core/flags';

/** Flags of commands that read an input file: what it is, and what it means where it leaves a choice. */
export const inputFlags = {
  from: Flags.string({ description: 'format of the file (default: auto)' }),
  data: Flags.string({ description: 'rows for a templated spec, as JSON lines: one draft each' }),
  'time-unit': Flags.string({
    description: 'unit of the times in the file (default: auto)',
    options: ['s', 'ms', 'us'],
  }),
  'legacy-position': Flags.boolean({
    description: 'place a text at (0.5, 0.5 to 1) from the top left, as older exports mean it',
  }),
  canvas: Flags.string({ description: 'size in pixels, for files that have none (default: 1920x1080)' }),
  fps: Flags.string({ description: 'frames per second, for times that count frames' }),
  lenient: Flags.boolean({ description: 'skip malformed subtitles with a warning' }),
  'short-times': Flags.string({
    description: 'what two fields of a subtitle time mean',
    options: ['mm:ss', 'hh:mm'],
  }),
  karaoke: Flags.string({
    description: 'words with times of their own: ranges of one text, or a text each (default: ranges)',
    options: ['ranges', 'words'],
  }),
  'stream-offset': Flags.string({
    description: 'offset between a WebVTT file and its stream',
    options: ['apply', 'ignore'],
  }),
  'play-res': Flags.string({
    description: 'size that positions of an ASS file are counted in (default: what it says)',
  }),
  timer: Flags.string({
    description: 'Timer of an ASS file (default: apply)',
    options: ['apply', 'ignore'],
  }),
  'keyframe-offset': Flags.string({
    description: 'keyframe offsets up to 1 in requests to capcut-mate',
    options: ['ratio', 'us'],
  }),
  'audio-length': Flags.string({
    description: 'length of sound with a speed in logs of VectCutAPI',
    options: ['source', 'played'],
  }),
};
