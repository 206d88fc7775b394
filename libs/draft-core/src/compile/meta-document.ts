import type { Profile } from '../profiles/profile.ts';
import type { DraftMeta, JsonObject } from './compiled-draft.ts';
import { COVER_NAME } from './cover.ts';

const CAPCUT_KEYS: JsonObject = {
  cloud_draft_cover: true,
  cloud_draft_sync: true,
  draft_cloud_package_type: '',
  draft_is_ae_produce: false,
  draft_is_cloud_temp_draft: false,
  draft_need_rename_folder: false,
  tm_draft_cloud_entry_id: -1,
  tm_draft_cloud_parent_entry_id: -1,
  tm_draft_cloud_space_id: -1,
  tm_draft_cloud_user_id: -1,
};

/** What `draft_meta_info.json` is made from. */
export interface MetaParts {
  draftId: string;
  name: string;
  durationUs: number;
  mediaBytes: number;
  /** When the draft was first written. */
  createdMs: number;
  nowMs: number;
  app: Profile['app'];
  /** Entries of the list of imported media. */
  entries: JsonObject[];
}

/** Puts `draft_meta_info.json` together; the two keys with the place of the draft stay empty. */
export function metaDocument({
  draftId,
  name,
  durationUs,
  mediaBytes,
  createdMs,
  nowMs,
  entries,
  app,
}: MetaParts): DraftMeta {
  return {
    cloud_package_completed_time: '',
    draft_cloud_capcut_purchase_info: '',
    draft_cloud_last_action_download: false,
    ...(app === 'jianying' ? { draft_cloud_materials: [] } : {}),
    draft_cloud_purchase_info: '',
    draft_cloud_template_id: '',
    draft_cloud_tutorial_info: '',
    draft_cloud_videocut_purchase_info: '',
    draft_cover: COVER_NAME,
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
    tm_draft_create: createdMs * 1000,
    tm_draft_modified: nowMs * 1000,
    tm_draft_removed: 0,
    tm_duration: durationUs,
    ...(app === 'capcut' ? CAPCUT_KEYS : {}),
  };
}
