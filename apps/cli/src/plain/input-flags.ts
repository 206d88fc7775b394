import type { PlainFlags } from './flags.ts';

/** Flags of commands that read an input file: what it is, and what it means where it leaves a choice. */
export const INPUT_FLAGS = {
  from: { description: 'format of the file (default: auto)' },
  data: { description: 'rows for a templated spec, as JSON lines: one draft each' },
  'time-unit': {
    description: 'unit of the times in the file (default: auto)',
    options: ['s', 'ms', 'us'],
  },
  'legacy-position': {
    type: 'boolean',
    description: 'place a text at (0.5, 0.5 to 1) from the top left, as older exports mean it',
  },
  canvas: { description: 'size in pixels, for files that have none (default: 1920x1080)' },
  fps: { description: 'frames per second, for times that count frames' },
  lenient: {
    type: 'boolean',
    description: 'skip malformed subtitles with a warning',
  },
  'short-times': {
    description: 'what two fields of a subtitle time mean',
    options: ['mm:ss', 'hh:mm'],
  },
  karaoke: {
    description: 'words with times of their own: ranges of one text, or a text each (default: ranges)',
    options: ['ranges', 'words'],
  },
  'stream-offset': {
    description: 'offset between a WebVTT file and its stream',
    options: ['apply', 'ignore'],
  },
  'play-res': {
    description: 'size that positions of an ASS file are counted in (default: what it says)',
  },
  timer: {
    description: 'Timer of an ASS file (default: apply)',
    options: ['apply', 'ignore'],
  },
  'keyframe-offset': {
    description: 'keyframe offsets up to 1 in requests to capcut-mate',
    options: ['ratio', 'us'],
  },
  'audio-length': {
    description: 'length of sound with a speed in logs of VectCutAPI',
    options: ['source', 'played'],
  },
} as const satisfies PlainFlags;
