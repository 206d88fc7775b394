import { ownValue } from '../own-value.ts';
import { isSameJson } from '../same-json.ts';
import type { JsonObject } from './compiled-draft.ts';

type Materials = { [array: string]: JsonObject[] };

/** Companions that the app gives every segment of a track type, in its order. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = {
  video: [
    'speeds',
    'placeholder_infos',
    'canvases',
    'material_animations',
    'sound_channel_mappings',
    'material_colors',
    'vocal_separations',
  ],
  audio: ['speeds', 'beats', 'sound_channel_mappings', 'vocal_separations'],
  text: ['material_animations'],
};

/**
 * Gives each segment the full set of companion materials, in the order of the app; those it has stay, in front of
 * what is no companion. Changes `tracks` and `materials` in place.
 */
export function completeCompanions(tracks: JsonObject[], materials: Materials, newId: () => string): void {
  const arrayOf = new Map<unknown, string>();
  for (const [array, list] of Object.entries(materials)) for (const { id } of list) arrayOf.set(id, array);
  for (const { type, segments } of tracks as { type: string; segments: JsonObject[] }[]) {
    const wanted = COMPANIONS[type];
    if (wanted === undefined) continue;
    for (const segment of segments) {
      const refs = segment.extra_material_refs as string[];
      const companions = wanted.map((array) => {
        const present = refs.find((ref) => arrayOf.get(ref) === array);
        if (present !== undefined) return present;
        const id = newId();
        materials[array] ??= [];
        materials[array].push(emptyCompanion(array, id));
        return id;
      });
      segment.extra_material_refs = [...companions, ...refs.filter((ref) => !companions.includes(ref))];
    }
  }
}

/** Whether a material is a companion as a new one is, which changes nothing. */
export function isEmptyCompanion(array: string, material: { id: string } & JsonObject): boolean {
  const empty = ownValue(EMPTY, array)?.(material.id);
  return empty !== undefined && isSameJson(material, empty);
}

/** A companion that changes nothing. */
function emptyCompanion(array: string, id: string): JsonObject {
  const make = EMPTY[array];
  if (make === undefined) throw new TypeError(`no companion of kind ${array}`);
  return make(id);
}

const EMPTY: Readonly<Record<string, (id: string) => JsonObject>> = {
  speeds: (id) => ({ curve_speed: null, id, mode: 0, speed: 1, type: 'speed' }),
  placeholder_infos: (id) => ({
    error_path: '',
    error_text: '',
    id,
    meta_type: 'none',
    res_path: '',
    res_text: '',
    type: 'placeholder_info',
  }),
  // No record shows the colour of a canvas that fills nothing; an empty one is our assumption.
  canvases: (id) => ({
    album_image: '',
    blur: 0,
    color: '',
    id,
    image: '',
    image_id: '',
    image_name: '',
    source_platform: 0,
    team_id: '',
    type: 'canvas_color',
  }),
  material_animations: (id) => ({
    animations: [],
    id,
    multi_language_current: 'none',
    type: 'sticker_animation',
  }),
  sound_channel_mappings: (id) => ({
    audio_channel_mapping: 0,
    id,
    is_config_open: false,
    type: 'none',
  }),
  material_colors: (id) => ({
    gradient_angle: 90,
    gradient_colors: [],
    gradient_percents: [],
    height: 0,
    id,
    is_color_clip: false,
    is_gradient: false,
    solid_color: '',
    type: 'material_color',
    width: 0,
  }),
  vocal_separations: (id) => ({
    choice: 0,
    id,
    production_path: '',
    removed_sounds: [],
    time_range: null,
    type: 'vocal_separation',
  }),
  beats: (id) => ({
    ai_beats: {
      beat_speed_infos: [],
      beats_path: '',
      beats_url: '',
      melody_path: '',
      melody_percents: [0],
      melody_url: '',
    },
    enable_ai_beats: false,
    gear: 404,
    gear_count: 0,
    id,
    mode: 404,
    type: 'beats',
    user_beats: [],
    user_delete_ai_beats: null,
  }),
};
