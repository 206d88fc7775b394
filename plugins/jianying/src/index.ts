/**
 * Handlers of the JianYing plugin; `plugin.yaml` and the files in `tools` name them.
 *
 * @packageDocumentation
 */
export { addAnimations } from './handlers/add-animations.ts';
export { addAudioEffects } from './handlers/add-audio-effects.ts';
export { addAudios } from './handlers/add-audios.ts';
export { addBackground } from './handlers/add-background.ts';
export { addCaptions } from './handlers/add-captions.ts';
export { addCover } from './handlers/add-cover.ts';
export { addEffects } from './handlers/add-effects.ts';
export { addFades } from './handlers/add-fades.ts';
export { addFilters } from './handlers/add-filters.ts';
export { addImages } from './handlers/add-images.ts';
export { addKeyframes } from './handlers/add-keyframes.ts';
export { addMasks } from './handlers/add-masks.ts';
export { addSticker, addStickers } from './handlers/add-stickers.ts';
export { addSubtitles } from './handlers/add-subtitles.ts';
export { addTextStyle } from './handlers/add-text-style.ts';
export { addTextStyles } from './handlers/add-text-styles.ts';
export { addTextTemplate } from './handlers/add-text-template.ts';
export { addTracks } from './handlers/add-tracks.ts';
export { addTransitions } from './handlers/add-transitions.ts';
export { addVideos } from './handlers/add-videos.ts';
export { answerJob } from './handlers/answer-job.ts';
export { audioTimelines } from './handlers/audio-timelines.ts';
export {
  getEffects,
  getFilters,
  getImageAnimations,
  getTextAnimations,
  getTextEffects,
} from './handlers/catalog-lists.ts';
export {
  getAudioEffectTypes,
  getCharacterEffectTypes,
  getComboAnimationTypes,
  getFontTypes,
  getIntroAnimationTypes,
  getMaskTypes,
  getOutroAnimationTypes,
  getTextIntroTypes,
  getTextLoopAnimTypes,
  getTextOutroTypes,
  getTransitionTypes,
  getVideoSceneEffectTypes,
} from './handlers/catalog-types.ts';
export { copyDraft } from './handlers/copy-draft.ts';
export { createDraft } from './handlers/create-draft.ts';
export { deleteDraft } from './handlers/delete-draft.ts';
export { deleteTrack } from './handlers/delete-track.ts';
export { easyCreateMaterial } from './handlers/easy-create-material.ts';
export {
  concatDrafts,
  copyTrack,
  cutDraft,
  deleteSegment,
  duplicateSegment,
  editDraft,
  fillDraft,
  migrateDraft,
  moveSegment,
  relinkMedia,
  replaceMedia,
  replaceSegment,
  replaceText,
  setSpeed,
  setVolume,
  splitSegment,
  trimSegment,
} from './handlers/edits.ts';
export { generateDraft } from './handlers/generate-draft.ts';
export { getDraft } from './handlers/get-draft.ts';
export { getJob } from './handlers/get-job.ts';
export { getAudioDuration, getMediaInfo } from './handlers/get-media-info.ts';
export { getSegment, getTrack, getTracks } from './handlers/get-track.ts';
export {
  audioInfos,
  captionInfos,
  effectInfos,
  filterInfos,
  imgsInfos,
  keyframesInfos,
  stickerInfos,
  videoInfos,
} from './handlers/infos.ts';
export { diagnoseDraft, lintDraft } from './handlers/lint-draft.ts';
export { listDrafts } from './handlers/list-drafts.ts';
export {
  concatInfos,
  getUrl,
  modifyInfos,
  objsToStrList,
  strListToObjs,
  strToList,
  swapInfos,
} from './handlers/lists.ts';
export { modifySegment } from './handlers/modify-segment.ts';
export { placeDraft } from './handlers/place-draft.ts';
export { queryScript } from './handlers/query-script.ts';
export { saveDraft } from './handlers/save-draft.ts';
export { listCatalog, searchCatalog, searchSticker } from './handlers/search-catalog.ts';
export { timelines } from './handlers/timelines.ts';
export { listVersions, restoreVersion } from './handlers/versions.ts';
