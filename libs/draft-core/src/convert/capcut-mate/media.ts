import type { ClipOf, Track } from '../../timeline/schema.ts';
import { formatUs } from '../../timeline/time.ts';
import type { Fields } from '../fields.ts';
import { MASK_HINT, maskShape } from '../mask-shape.ts';
import { type AskedTransition, endOf, linkTransitions } from '../timeline-builder.ts';
import { defined, numeric, tidy, unlessEmpty } from '../values.ts';
import { parsed } from './calls.ts';
import type { DraftState } from './draft.ts';
import { readItems, type TimedItem, timedItems } from './items.ts';
import { knower } from './known.ts';
import { oneName, readAnimation } from './names.ts';

type VideoClip = ClipOf<'video'>;

/** `add_videos`: one new track. */
export function addVideos(body: Fields, state: DraftState): VideoClip[] {
  const list = readItems(body, 'video_infos', state.findings);
  const items = timedItems(list);
  const transform = readTransform(body, state);
  const scenes = readScenes(body, list.length);
  // Only when every clip has a scene does the tool close the gaps that the speeds leave.
  const isChained = scenes.length >= list.length && scenes.every((scene) => scene !== undefined);
  const track = newTrack('video', body, 'video_infos', state);
  const asked: AskedTransition[] = [];
  let nextUs = items[0]?.startUs ?? 0;
  const clips = items.flatMap((item) => {
    const { fields } = item;
    const media = mediaOf(fields, 'video_url');
    fields.ignore('duration', 'width', 'height');
    if (media === undefined) return [];
    const scene = scenes[item.index];
    const sourceUs = availableUs(item, media, state);
    const speed = scene === undefined ? 1 : tidy((item.endUs - item.startUs) / scene);
    const lengthUs = scene === undefined ? sourceUs : Math.round(sourceUs / speed);
    const clip = defined<VideoClip>({
      media,
      start: isChained ? nextUs : item.startUs,
      duration: lengthUs,
      source: { start: 0, duration: sourceUs },
      speed: speed === 1 ? undefined : speed,
      volume: readVolume(fields, 10),
      mask: readMaskName(fields),
      transform: unlessEmpty(transform),
    });
    nextUs = endOf(clip);
    askTransition(track, clip, fields, asked);
    state.builder.addClip(track, clip, fields.path);
    fields.finish();
    return [clip];
  });
  linkTransitions(asked, state.builder);
  return clips;
}

/** `add_images`: one new track. */
export function addImages(body: Fields, state: DraftState): VideoClip[] {
  const items = timedItems(readItems(body, 'image_infos', state.findings));
  const transform = readTransform(body, state);
  const track = newTrack('video', body, 'image_infos', state);
  const asked: AskedTransition[] = [];
  const clips = items.flatMap(({ fields, startUs, endUs }) => {
    const media = mediaOf(fields, 'image_url');
    fields.ignore('width', 'height', 'duration');
    if (media === undefined) return [];
    const animations = defined<NonNullable<VideoClip['animations']>>({
      in: readAnimation(fields, 'in_animation', knower(state.options, ['video-intro'])),
      out: readAnimation(fields, 'out_animation', knower(state.options, ['video-outro'])),
      group: readAnimation(fields, 'loop_animation', knower(state.options, ['video-group'])),
    });
    const clip = defined<VideoClip>({
      media,
      start: startUs,
      duration: endUs - startUs,
      animations: unlessEmpty(animations),
      transform: unlessEmpty(transform),
    });
    askTransition(track, clip, fields, asked);
    state.builder.addClip(track, clip, fields.path);
    fields.finish();
    return [clip];
  });
  linkTransitions(asked, state.builder);
  return clips;
}

/** `add_audios`: one new track. */
export function addAudios(body: Fields, state: DraftState): ClipOf<'audio'>[] {
  const track = newTrack('audio', body, 'audio_infos', state);
  return timedItems(readItems(body, 'audio_infos', state.findings)).flatMap((item) => {
    const { fields } = item;
    const media = mediaOf(fields, 'audio_url');
    fields.ignore('duration');
    if (media === undefined) return [];
    const lengthUs = availableUs(item, media, state);
    const effect = oneName(fields, 'audio_effect');
    const clip = defined<ClipOf<'audio'>>({
      media,
      start: item.startUs,
      duration: lengthUs,
      source: { start: 0, duration: lengthUs },
      volume: readVolume(fields, 2),
      effects: effect === undefined ? undefined : [{ name: effect }],
    });
    state.builder.addClip(track, clip, fields.path);
    fields.finish();
    return [clip];
  });
}

/** A track that the call makes. */
export function newTrack(type: Track['type'], body: Fields, key: string, { builder }: DraftState): Track {
  return builder.addTrack(type, {}, [...body.path, key]);
}

/** Place and size that all clips of a call share. Pixels are counted from the centre, y up, in whole canvases. */
export function readTransform(body: Fields, state: DraftState): NonNullable<VideoClip['transform']> {
  const opacity = body.number('alpha');
  return defined({
    ...readPlace(body, state),
    opacity: opacity === undefined || opacity === 1 ? undefined : opacity,
  });
}

/** The same without the opacity, which captions have in their style. */
export function readPlace(body: Fields, { canvas }: DraftState): NonNullable<VideoClip['transform']> {
  const [x, y] = [body.number('transform_x') ?? 0, body.number('transform_y') ?? 0];
  const [scaleX, scaleY] = [body.positive('scale_x') ?? 1, body.positive('scale_y') ?? 1];
  const isUniform = scaleX === scaleY;
  return defined({
    x: x === 0 ? undefined : tidy(x / canvas.width),
    y: y === 0 ? undefined : tidy(y / canvas.height),
    scale: isUniform && scaleX !== 1 ? scaleX : undefined,
    scaleX: isUniform ? undefined : scaleX,
    scaleY: isUniform ? undefined : scaleY,
  });
}

/** The length of each scene; `undefined` for an entry that is none. */
function readScenes(body: Fields, count: number): (number | undefined)[] {
  const raw = parsed(body.raw('scene_timelines') ?? []);
  const list = Array.isArray(raw)
    ? raw
    : body.raw('scene_timelines') === ''
      ? []
      : body.list('scene_timelines');
  return list.slice(0, count).map((scene, index) => {
    const { start, end } = (scene ?? {}) as { start?: unknown; end?: unknown };
    const length = numeric(end) - numeric(start ?? 0);
    if (length > 0) return length;
    body.warn(
      'DR166',
      `${body.place}.scene_timelines[${index}]: ends before it starts, the clip keeps its speed`,
      {},
      'scene_timelines',
      index,
    );
    return undefined;
  });
}

function mediaOf(fields: Fields, key: string): string | undefined {
  const media = fields.text(key)?.trim();
  if (media === undefined || media === '') {
    fields.error('DR165', `${fields.place}.${key} is missing: nothing to play`, {}, key);
    return undefined;
  }
  return media;
}

/** How much of the file is played; the tool stops at its end. */
function availableUs({ fields, startUs, endUs }: TimedItem, media: string, { options }: DraftState): number {
  const wantedUs = endUs - startUs;
  const fileUs = options.facts.get(media)?.durationUs ?? 0;
  if (fileUs <= 0 || fileUs >= wantedUs) return wantedUs;
  const message = `${fields.place}: asks for ${formatUs(wantedUs)} of a file of ${formatUs(fileUs)}; it ends with the file, as in the tool`;
  fields.warn('DR166', message, {}, 'end');
  return fileUs;
}

function readVolume(fields: Fields, most: number): number | undefined {
  const volume = fields.number('volume');
  if (volume === undefined || volume === 1) return undefined;
  if (volume >= 0 && volume <= most) return volume;
  fields.warn(
    'DR166',
    `${fields.place}.volume = ${volume} replaced by 1: it must be 0..${most}, as in the tool`,
    {},
    'volume',
  );
  return undefined;
}

function readMaskName(fields: Fields): VideoClip['mask'] {
  const name = fields.text('mask')?.trim();
  if (name === undefined || name === '') return undefined;
  const shape = maskShape(name);
  if (shape === undefined) {
    fields.error('DR048', `${fields.place}.mask: there is no mask "${name}"`, { hint: MASK_HINT }, 'mask');
    return undefined;
  }
  fields.warn('DR166', `${fields.place}.mask: "${name}" is applied; the tool itself ignores it`, {}, 'mask');
  return { shape };
}

function askTransition(track: Track, clip: VideoClip, fields: Fields, asked: AskedTransition[]): void {
  const name = oneName(fields, 'transition');
  const duration = fields.positive('transition_duration');
  if (name !== undefined) asked.push({ track, clip, fields, transition: defined({ name, duration }) });
}
