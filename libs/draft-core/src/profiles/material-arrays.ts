/** Arrays of `materials` that JianYing 5.9 writes. */
export const MATERIALS_45: readonly string[] = (
  'ai_translates audio_balances audio_effects audio_fades audio_track_indexes audios beats canvases chromas ' +
  'color_curves digital_humans drafts effects flowers green_screens handwrites hsl images log_color_wheels ' +
  'loudnesses manual_deformations masks material_animations material_colors multi_language_refs placeholders ' +
  'plugin_effects primary_color_wheels realtime_denoises shapes smart_crops smart_relights sound_channel_mappings ' +
  'speeds stickers tail_leaders text_templates texts time_marks transitions video_effects video_trackings videos ' +
  'vocal_beautifys vocal_separations'
).split(' ');

/** Arrays of `materials` that JianYing 11 writes, and CapCut reads. */
export const MATERIALS_55: readonly string[] = [
  ...MATERIALS_45.filter((name) => name !== 'masks'),
  ...(
    'common_mask digital_human_model_dressing manual_beautys placeholder_infos ai_text_effects audio_pannings ' +
    'audio_pitch_shifts hsl_curves video_radius video_shadows video_strokes'
  ).split(' '),
].sort();

/** Arrays of both, for drafts that old and new builds open. */
export const MATERIALS_ALL: readonly string[] = [...new Set([...MATERIALS_45, ...MATERIALS_55])].sort();
