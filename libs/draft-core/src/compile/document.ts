import type { DraftMarkers, Profile } from '../profiles/profile.ts';
import type { NormalTimeline } from '../timeline/model.ts';
import type { DraftContent, JsonObject } from './compiled-draft.ts';
import type { Seed } from './seed.ts';

/** What decides about markers and keys. */
export interface DocumentForm {
  profile: Profile;
  markers: DraftMarkers;
  seed: Seed | undefined;
}

/** The parts of a timeline document that were made from the clips. */
export interface DocumentParts {
  timelineId: string;
  durationUs: number;
  materials: { [array: string]: JsonObject[] };
  tracks: JsonObject[];
}

/** Puts the timeline document together: version markers and keys by profile and seed. */
export function timelineDocument(
  timeline: NormalTimeline,
  { profile, markers, seed }: DocumentForm,
  parts: DocumentParts,
): DraftContent {
  const form = { ...profile, ...markers, ...seed?.markers };
  const { width, height, ratio, fps } = timeline.canvas;
  // Without this block text backgrounds and masks do nothing. Device ids are left out: they would travel with drafts.
  const platform = {
    app_id: profile.appId,
    app_source: profile.appSource,
    app_version: form.appVersion,
    os: profile.os,
  };
  const materials: { [array: string]: JsonObject[] } = {};
  for (const array of markers.materialArrays) materials[array] = parts.materials[array] ?? [];
  const document = {
    canvas_config: { width, height, ratio },
    color_space: form.colorSpace,
    config: config(timeline, markers),
    cover: null,
    create_time: 0,
    duration: parts.durationUs,
    extra_info: null,
    fps,
    free_render_index_mode_on: false,
    group_container: null,
    id: parts.timelineId,
    keyframe_graph_list: [],
    keyframes: {
      adjusts: [],
      audios: [],
      effects: [],
      filters: [],
      handwrites: [],
      stickers: [],
      texts: [],
      videos: [],
    },
    last_modified_platform: {
      ...platform,
      app_version: seed?.markers?.modifiedAppVersion ?? form.appVersion,
    },
    platform,
    materials,
    mutable_config: null,
    name: '',
    new_version: form.newVersion,
    relationships: [],
    render_index_track_mode_on: form.renderIndexTrackModeOn,
    retouch_cover: null,
    source: 'default',
    static_cover_image_path: '',
    time_marks: null,
    tracks: parts.tracks,
    update_time: 0,
    version: form.version,
    ...(markers.skeleton === 'ext36' ? extendedKeys() : {}),
  };
  return { ...document, ...seededKeys(seed, document) };
}

/** Keys that only the donor has: as a new draft of the app has them, or empty when nothing else is known. */
function seededKeys(seed: Seed | undefined, document: object): JsonObject {
  const known = extendedKeys();
  const fresh = Object.entries(seed?.keys ?? {}).filter(([key]) => !Object.hasOwn(document, key));
  return Object.fromEntries(
    fresh.map(([key, empty]) => [key, Object.hasOwn(known, key) ? known[key] : empty]),
  );
}

function extendedKeys(): JsonObject {
  return {
    draft_type: 'video',
    function_assistant_info: {},
    is_drop_frame_timecode: false,
    lyrics_effects: [],
    mixed_track_mode_on: false,
    path: '',
    smart_ads_info: { draft_url: '', page_from: '', routine: '' },
    uneven_animation_template_info: { composition: '', content: '', order: '', sub_template_info_list: [] },
  };
}

function config({ mainTrackMagnet }: NormalTimeline, { extraConfig }: DraftMarkers): JsonObject {
  return {
    adjust_max_index: 1,
    attachment_info: [],
    combination_max_index: 1,
    export_range: null,
    extract_audio_last_index: 1,
    lyrics_recognition_id: '',
    lyrics_sync: true,
    lyrics_taskinfo: [],
    maintrack_adsorb: mainTrackMagnet,
    material_save_mode: 0,
    multi_language_current: 'none',
    multi_language_list: [],
    multi_language_main: 'none',
    multi_language_mode: 'none',
    original_sound_last_index: 1,
    record_audio_last_index: 1,
    sticker_max_index: 1,
    subtitle_keywords_config: null,
    subtitle_recognition_id: '',
    subtitle_sync: true,
    subtitle_taskinfo: [],
    system_font_list: [],
    video_mute: false,
    zoom_info_params: null,
    ...extraConfig,
  };
}
