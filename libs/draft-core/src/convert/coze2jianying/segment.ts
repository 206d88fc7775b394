import type { Clip, ClipOf, TrackType } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { defined, percent, tidy } from '../values.ts';
import { type DraftContext, lengthUs, toUs } from './context.ts';
import { readMotion, readVolumeCurve } from './motion.ts';
import { type AskedTransition, readPicture, statedGain } from './picture.ts';
import { readText } from './text.ts';

/** A segment as a clip, and the transition it asks for. */
export interface ReadSegment {
  clip: Clip;
  transition: AskedTransition | undefined;
}

const kinds: Readonly<Record<TrackType, readonly string[]>> = {
  video: ['video', 'image'],
  audio: ['audio'],
  text: ['text'],
  sticker: ['sticker'],
  effect: ['effect'],
  filter: ['filter'],
};

/** Reads one segment; `undefined` when something essential is missing, which has been told then. */
export function readSegment(
  segment: Fields,
  track: TrackType,
  trackVolume: number,
  context: DraftContext,
): ReadSegment | undefined {
  segment.ignore('id');
  const type = segment.text('type') ?? kinds[track][0]!;
  if (!kinds[track].includes(type)) {
    const message = `${segment.place}: a segment of type "${type}" cannot go on a track of type "${track}"`;
    segment.error('DR010', message, {}, 'type');
    return undefined;
  }
  const range = readRange(segment, 'time_range');
  if (range === undefined) return undefined;
  const startUs = toUs(range.start, context);
  const durationUs = toUs(range.end, context) - startUs;
  const times = { start: startUs, duration: durationUs };
  switch (track) {
    case 'video': {
      const media = readMedia(segment);
      if (media === undefined) return undefined;
      const { clip, transition } = readPicture(segment, media, durationUs, trackVolume, context);
      const source = type === 'video' ? readSource(segment, context) : undefined;
      return { clip: defined<ClipOf<'video'>>({ ...clip, ...times, source }), transition };
    }
    case 'audio': {
      const media = readMedia(segment);
      if (media === undefined) return undefined;
      const sound = readAudio(segment, durationUs, trackVolume, context);
      const source = readSource(segment, context);
      return { clip: defined<ClipOf<'audio'>>({ media, ...sound, ...times, source }), transition: undefined };
    }
    case 'text':
      return { clip: { ...readText(segment, durationUs, context), ...times }, transition: undefined };
    default:
      return { clip: { ...readResource(segment, track, context), ...times } as Clip, transition: undefined };
  }
}

/** A range with both ends; tells what is wrong with it. */
export function readRange(segment: Fields, key: string): { start: number; end: number } | undefined {
  const place = `${segment.place}.${key}`;
  if (!segment.has(key)) {
    segment.error('DR162', `${place} is missing`, { hint: 'write {"start": …, "end": …}' }, key);
    return undefined;
  }
  const fields = segment.object(key);
  const start = fields.number('start') ?? 0;
  const end = fields.number('end');
  if (end === undefined) {
    if (!fields.has('end')) segment.error('DR162', `${place}.end is missing`, {}, key, 'end');
    return undefined;
  }
  if (start < 0) segment.error('DR002', `${place}: start ${start} is before 0`, {}, key, 'start');
  else if (end <= start) {
    segment.error('DR003', `${place}: end must be after start (got ${start} to ${end})`, {}, key);
  } else return { start, end };
  return undefined;
}

function readMedia(segment: Fields): string | undefined {
  const media = segment.text('material_url');
  if (media === undefined && typeof (segment.raw('material_url') ?? '') === 'string') {
    segment.error('DR165', `${segment.place}.material_url is missing: nothing to play`, {}, 'material_url');
  }
  return media;
}

function readSource(segment: Fields, context: DraftContext): ClipOf<'video'>['source'] {
  if (!segment.has('material_range')) return undefined;
  const fields = segment.object('material_range');
  if (!fields.has('start') && !fields.has('end')) return undefined;
  const range = readRange(segment, 'material_range');
  if (range === undefined) return undefined;
  const startUs = toUs(range.start, context);
  return { start: startUs, duration: toUs(range.end, context) - startUs };
}

function readAudio(
  segment: Fields,
  clipUs: number,
  trackVolume: number,
  context: DraftContext,
): Omit<ClipOf<'audio'>, 'media' | 'start'> {
  const audio = segment.object('audio');
  const [fadeIn, fadeOut] = ['fade_in', 'fade_out'].map((key) => lengthUs(audio, key, clipUs, context) ?? 0);
  const effect = audio.text('effect_type');
  const intensity = audio.number('effect_intensity');
  const own = audio.number('volume');
  const gain = tidy((own ?? 1) * trackVolume);
  const curve = readVolumeCurve(segment.object('keyframes'), context);
  return defined({
    speed: audio.number('speed'),
    changePitch: audio.flag('change_pitch') || undefined,
    volume: statedGain(own, gain, curve !== undefined),
    fade: fadeIn || fadeOut ? { in: fadeIn!, out: fadeOut! } : undefined,
    effects: effect === undefined ? undefined : [named(effect, intensity)],
    keyframes: curve && {
      volume: curve.map(([at, value]): [number, number] => [at, tidy(value * trackVolume)]),
    },
  });
}

/** An effect with its strength. */
function named(name: string, intensity: number | undefined): { name: string; intensity?: number } {
  return defined({ name, intensity: intensity === undefined ? undefined : percent(intensity) });
}

function readResource(segment: Fields, track: TrackType, context: DraftContext): object {
  if (track === 'sticker') {
    const id = segment.text('resource_id');
    if (id === undefined)
      segment.error('DR165', `${segment.place}.resource_id is missing`, {}, 'resource_id');
    return { sticker: { id: id ?? '?' }, ...readMotion(segment, context) };
  }
  const key = `${track}_type`;
  const name = segment.text(key);
  if (name === undefined) segment.error('DR165', `${segment.place}.${key} is missing`, {}, key);
  if (track === 'effect') {
    return { effect: named(name ?? '?', segment.object('properties').number('intensity')) };
  }
  const intensity = segment.number('intensity');
  return {
    filter: defined({
      name: name ?? '?',
      intensity: intensity === undefined ? undefined : percent(intensity),
    }),
  };
}
