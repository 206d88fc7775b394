/**
 * Handlers of the JianYing plugin; `plugin.yaml` names them.
 *
 * @packageDocumentation
 */
export { addAudios } from './handlers/add-audios.ts';
export { addCaptions } from './handlers/add-captions.ts';
export { addImages } from './handlers/add-images.ts';
export { addVideos } from './handlers/add-videos.ts';
export { createDraft } from './handlers/create-draft.ts';
export { generateDraft } from './handlers/generate-draft.ts';
export { placeDraft } from './handlers/place-draft.ts';
export { saveDraft } from './handlers/save-draft.ts';
