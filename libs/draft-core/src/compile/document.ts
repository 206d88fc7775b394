import type { Profile } from '../profiles/profile.ts';
import type { NormalTimeline } from '../timeline/model.ts';
import type { DraftContent, DraftMeta, JsonObject } from './compiled-draft.ts';

/** The parts of a timeline document that were made from the clips. */
export interface DocumentParts {
  timelineId: string;
  durationUs: number;
  materials: { [array: string]: JsonObject[] };
  tracks: JsonObject[];
}

/** Puts the timeline document together: version markers and keys by profile. */
export function timelineDocument(
  timeline: NormalTimeline,
  profile: Profile,
  parts: DocumentParts,
): DraftContent {
  const { markers } = profile;
  const { width, height, ratio, fps } = timeline.canvas;
  // Without this block text backgrounds and masks do nothing. Device ids are left out: they would travel with drafts.
  const platform = {
    app_id: profile.appId,
    app_source: profile.appSource,
    app_version: markers.appVersion,
    os: profile.os,
  };
  const materials: { [array: string]: JsonObject[] } = {};
  for (const array of markers.materialArrays) materials[array] = parts.materials[array] ?? [];
  return {
    canvas_config: { width, height, ratio },
    color_space: profile.colorSpace,
    config: config(timeline, profile),
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
    last_modified_platform: { ...platform },
    platform,
    materials,
    mutable_config: null,
    name: '',
    new_version: markers.newVersion,
    relationships: [],
    render_index_track_mode_on: profile.renderIndexTrackModeOn,
    retouch_cover: null,
    source: 'default',
    static_cover_image_path: '',
    time_marks: null,
    tracks: parts.tracks,
    update_time: 0,
    version: markers.version,
    ...(markers.skeleton === 'ext36' ? extendedKeys() : {}),
  };
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

function config({ mainTrackMagnet }: NormalTimeline, profile: Profile): JsonObject {
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
    ...profile.extraConfig,
  };
}

/** What `draft_meta_info.json` is made from. */
export interface MetaParts {
  draftId: string;
  name: string;
  durationUs: number;
  mediaBytes: number;
  nowMs: number;
  /** Entries of the list of imported media. */
  entries: JsonObject[];
}

/** Puts `draft_meta_info.json` together; the two keys with the place of the draft stay empty. */
export function metaDocument({
  draftId,
  name,
  durationUs,
  mediaBytes,
  nowMs,
  entries,
}: MetaParts): DraftMeta {
  return {
    cloud_package_completed_time: '',
    draft_cloud_capcut_purchase_info: '',
    draft_cloud_last_action_download: false,
    draft_cloud_materials: [],
    draft_cloud_purchase_info: '',
    draft_cloud_template_id: '',
    draft_cloud_tutorial_info: '',
    draft_cloud_videocut_purchase_info: '',
    draft_cover: 'draft_cover.jpg',
    draft_deeplink_url: '',
    draft_enterprise_info: {
      draft_enterprise_extra: '',
      draft_enterprise_id: '',
      draft_enterprise_name: '',
      enterprise_material: [],
    },
    draft_fold_path: '',
    draft_id: draftId,
    draft_is_ai_packaging_used: false,
    draft_is_ai_shorts: false,
    draft_is_ai_translate: false,
    draft_is_article_video_draft: false,
    draft_is_from_deeplink: 'false',
    draft_is_invisible: false,
    draft_materials: [0, 1, 2, 3, 6, 7, 8].map((type) => ({ type, value: type === 0 ? entries : [] })),
    draft_materials_copied_info: [],
    draft_name: name,
    draft_new_version: '',
    draft_removable_storage_device: '',
    draft_root_path: '',
    draft_segment_extra_info: [],
    draft_timeline_materials_size_: mediaBytes,
    draft_type: '',
    tm_draft_cloud_completed: '',
    tm_draft_cloud_modified: 0,
    tm_draft_create: nowMs * 1000,
    tm_draft_modified: nowMs * 1000,
    tm_draft_removed: 0,
    tm_duration: durationUs,
  };
}
