import { setOwn } from '../../own-value.ts';
import { isRecord } from '../values.ts';

type Loose = Record<string, unknown>;

/** Kind of a segment by the field that says what it shows. */
const kindByField: readonly [field: string, kind: string][] = [
  ['video_url', 'video'],
  ['image_url', 'image'],
  ['audio_url', 'audio'],
  ['content', 'text'],
  ['resource_id', 'sticker'],
  ['effect_type', 'effect'],
  ['filter_type', 'filter'],
];

const crop = ['enabled', 'left', 'top', 'right', 'bottom'];
const transform = ['position_x', 'position_y', 'scale', 'scale_x', 'scale_y', 'rotation', 'opacity'];
const style = ['font_family', 'font_size', 'font_weight', 'font_style', 'color'];

/** Where the flat names of a clip string stand in a segment; names that are not listed keep theirs. */
function targets(kind: string): Map<string, string[]> {
  const map = new Map<string, string[]>([
    ['start', ['time_range', 'start']],
    ['end', ['time_range', 'end']],
    ['material_start', ['material_range', 'start']],
    ['material_end', ['material_range', 'end']],
    ['flip_horizontal', ['flip', 'horizontal']],
    ['flip_vertical', ['flip', 'vertical']],
    ['fit_mode', ['background', 'fit_mode']],
    ['in_animation', ['animations', 'intro']],
    ['in_animation_duration', ['animations', 'intro_duration']],
    ['intro_animation', ['animations', 'intro']],
    ['intro_animation_duration', ['animations', 'intro_duration']],
    ['out_animation', ['animations', 'outro']],
    ['out_animation_duration', ['animations', 'outro_duration']],
    ['outro_animation', ['animations', 'outro']],
    ['outro_animation_duration', ['animations', 'outro_duration']],
    ['loop_animation', ['animations', 'loop']],
    ['loop_animation_duration', ['animations', 'loop_duration']],
  ]);
  for (const url of ['video_url', 'image_url', 'audio_url']) map.set(url, ['material_url']);
  for (const key of crop) map.set(`crop_${key}`, ['crop', key]);
  const box = kind === 'effect' ? 'properties' : 'transform';
  for (const key of transform) map.set(key, [box, key]);
  const look = kind === 'text' ? ['style', 'background'] : ['background'];
  for (const key of ['blur', 'color', 'enabled', 'opacity']) map.set(`background_${key}`, [...look, key]);
  if (kind === 'text') {
    for (const key of style) map.set(key, ['style', key]);
    for (const key of ['enabled', 'color', 'width']) map.set(`stroke_${key}`, ['style', 'stroke', key]);
    for (const key of ['enabled', 'color', 'offset_x', 'offset_y', 'blur']) {
      map.set(`shadow_${key}`, ['style', 'shadow', key]);
    }
  }
  if (kind === 'video' || kind === 'image') {
    for (const key of ['filter_type', 'filter_intensity', 'transition_type', 'transition_duration']) {
      map.set(key, ['effects', key]);
    }
  }
  if (kind === 'video') for (const key of ['speed', 'reverse']) map.set(key, ['speed', key]);
  if (kind === 'image') for (const key of ['width', 'height']) map.set(key, ['dimensions', key]);
  for (const key of ['volume', 'change_pitch', 'fade_in', 'fade_out']) map.set(key, ['audio', key]);
  if (kind === 'audio') {
    for (const key of ['effect_type', 'effect_intensity', 'speed']) map.set(key, ['audio', key]);
  }
  if (kind === 'effect') map.set('intensity', ['properties', 'intensity']);
  return map;
}

/** Kind of a clip that is written with flat names; `undefined` when it is not. */
export function flatKind(value: Loose): string | undefined {
  if (value.time_range !== undefined || !('start' in value || 'end' in value)) return undefined;
  return kindByField.find(([field]) => value[field] !== undefined && value[field] !== null)?.[1];
}

/** A clip with flat names as a segment. */
export function nestFlat(value: Loose, kind: string): Loose {
  const nested: Loose = { type: kind };
  const map = targets(kind);
  for (const [key, item] of Object.entries(value)) {
    const path = map.get(key) ?? [key];
    let object = nested;
    for (const step of path.slice(0, -1)) {
      const inner = isRecord(object[step]) ? object[step] : {};
      object[step] = inner;
      object = inner;
    }
    setOwn(object, path.at(-1)!, item);
  }
  return nested;
}
