/**
 * Writes drafts to disk: as a folder that the app opens, or as a zip that can be sent. Opens drafts that are there,
 * saves them with a history.
 *
 * @packageDocumentation
 */
export { DRAFT_LIMITS, type DraftLimits } from './draft-source.ts';
export type { DraftVersion } from './history-files.ts';
export { type OpenDraftOptions, openDraft } from './open-draft.ts';
export {
  type DraftTexts,
  draftHistory,
  KEPT_VERSIONS,
  recoverDraft,
  restoreDraft,
  type SavedDraft,
  type SaveOptions,
  saveDraft,
} from './save-draft.ts';
export { TEMP_PREFIX } from './temp.ts';
export { type WriteDraftFolderOptions, type WrittenDraft, writeDraftFolder } from './write-draft-folder.ts';
export { type WriteDraftZipOptions, writeDraftZip } from './write-draft-zip.ts';
