import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { defined, tidy, unlessEmpty } from '../values.ts';
import type { DraftState } from './draft.ts';
import { maskOf } from './mask.ts';
import { readNamed, readParams, readSpan, readTransform, secondsUs } from './values.ts';

type VideoClip = ClipOf<'video'>;

/** `add_video`: a part of the file, from a place on the timeline on. */
export function addVideo(fields: Fields, state: DraftState): void {
  const media = mediaOf(fields, 'video_url');
  const speed = speedOf(fields);
  const part = readPart(fields, media, state);
  const start = secondsUs(fields, 'target_start') ?? 0;
  const look = readLook(fields, media, { centre: 0.5, size: 1 }, state);
  const volume = fields.number('volume');
  const transition = readNamed(fields, 'transition', 'transition_duration');
  if (media === undefined || part === undefined) return;
  const clip = defined<VideoClip>({
    media,
    start,
    duration: part.duration === undefined ? undefined : Math.round(part.duration / speed),
    source: defined({ start: part.start, duration: part.duration }),
    speed: speed === 1 ? undefined : speed,
    volume: volume === 1 ? undefined : volume,
    ...look,
  });
  const track = state.place(fields, 'video', 'video_main', clip);
  if (transition !== undefined) state.asked.push({ track, clip, transition, fields });
}

/** `add_image`: its start and end are those on the timeline. */
export function addImage(fields: Fields, state: DraftState): void {
  const media = mediaOf(fields, 'image_url');
  const span = readSpan(fields, 3);
  const look = readLook(fields, media, { centre: 0, size: 0.5 }, state);
  const transition = readNamed(fields, 'transition', 'transition_duration');
  const older = readNamed(fields, 'animation', 'animation_duration');
  const animations = defined<NonNullable<VideoClip['animations']>>({
    in: readNamed(fields, 'intro_animation', 'intro_animation_duration') ?? older,
    out: readNamed(fields, 'outro_animation', 'outro_animation_duration'),
    group: readNamed(fields, 'combo_animation', 'combo_animation_duration'),
  });
  if (media === undefined || span === undefined) return;
  const clip = defined<VideoClip>({ media, ...span, ...look, animations: unlessEmpty(animations) });
  const track = state.place(fields, 'video', 'image_main', clip);
  if (transition !== undefined) state.asked.push({ track, clip, transition, fields });
}

/** `add_audio`: as a video, but the tool forgets the speed when it lays the clip down. */
export function addAudio(fields: Fields, state: DraftState): void {
  const media = mediaOf(fields, 'audio_url');
  const speed = speedOf(fields);
  const part = readPart(fields, media, state);
  const start = secondsUs(fields, 'target_start') ?? 0;
  const volume = fields.number('volume');
  const effect = fields.text('effect_type');
  const params = readParams(fields, 'effect_params');
  if (media === undefined || part === undefined) return;
  const clip = defined<ClipOf<'audio'>>({
    media,
    start,
    ...lengths(part, speed, fields, state),
    speed: speed === 1 ? undefined : speed,
    volume: volume === 1 ? undefined : volume,
    effects: effect === undefined ? undefined : [defined({ name: effect, params })],
  });
  state.place(fields, 'audio', 'audio_main', clip);
}

interface Part {
  start: number;
  /** Missing when it goes to the end of a file of unknown length. */
  duration: number | undefined;
}

function lengths(
  { start, duration }: Part,
  speed: number,
  fields: Fields,
  { options }: DraftState,
): Pick<ClipOf<'audio'>, 'duration' | 'source'> {
  const played = duration === undefined ? undefined : Math.round(duration / speed);
  const usual = defined({ duration: played, source: defined({ start, duration }) });
  if (speed === 1 || duration === undefined || played === undefined) return usual;
  const [whole, short] = [duration / 1e6, played / 1e6];
  const both = `${whole} s of sound at speed ${speed}: the tool makes the clip ${whole} s long, what is heard lasts ${tidy(short)} s`;
  if (options.audioLength === undefined) {
    fields.error(
      'DR160',
      `${fields.place}: ${both}`,
      { hint: 'say which (--audio-length source or played)' },
      'speed',
    );
    return usual;
  }
  fields.warn('DR166', `${fields.place}: ${both}`, {}, 'speed');
  if (options.audioLength === 'played') return usual;
  return { duration, source: { start, duration: Math.round(duration * speed) } };
}

/** The part of the file: an end of 0 or none means the end of the file. */
function readPart(fields: Fields, media: string | undefined, { options }: DraftState): Part | undefined {
  const start = secondsUs(fields, 'start') ?? 0;
  const end = secondsUs(fields, 'end') ?? 0;
  const stated = secondsUs(fields, 'duration') ?? 0;
  if (start < 0) {
    fields.error('DR002', `${fields.place}: start ${start / 1e6} is before 0`, {}, 'start');
    return undefined;
  }
  const known = media === undefined ? 0 : (options.facts.get(media)?.durationUs ?? 0);
  const stop = end > 0 ? end : known > 0 ? known : stated;
  if (end <= 0 && stop === 0) return { start, duration: undefined };
  if (stop <= start) {
    const what = end > 0 ? 'end must be after start' : 'the file ends before start';
    fields.error('DR003', `${fields.place}: ${what} (got ${start / 1e6} to ${stop / 1e6})`, {}, 'end');
    return undefined;
  }
  return { start, duration: stop - start };
}

function mediaOf(fields: Fields, key: string): string | undefined {
  const media = fields.text(key)?.trim();
  if (media !== undefined && media !== '') return media;
  fields.error('DR165', `${fields.place}.${key} is missing: nothing to play`, {}, key);
  return undefined;
}

function speedOf(fields: Fields): number {
  const speed = fields.number('speed') ?? 1;
  if (speed > 0) return speed;
  fields.error('DR022', `${fields.place}: speed must be > 0 (got ${speed})`, {}, 'speed');
  return 1;
}

const blurLevels = [0.0625, 0.375, 0.75, 1];

function readLook(
  fields: Fields,
  media: string | undefined,
  maskDefaults: { centre: number; size: number },
  state: DraftState,
): Pick<VideoClip, 'transform' | 'mask' | 'background'> {
  const blur = fields.number('background_blur');
  const level = blur === undefined ? undefined : blurLevels[blur - 1];
  if (blur !== undefined && level === undefined) {
    fields.error(
      'DR050',
      `${fields.place}.background_blur must be 1, 2, 3 or 4 (got ${blur})`,
      {},
      'background_blur',
    );
  }
  return defined<Pick<VideoClip, 'transform' | 'mask' | 'background'>>({
    transform: unlessEmpty(readTransform(fields)),
    mask: maskOf(fields, media, maskDefaults, state),
    background: level === undefined ? undefined : { type: 'blur', level },
  });
}
