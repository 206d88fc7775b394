/**
 * Writes drafts to disk: as a folder that the app opens, or as a zip that can be sent; lists them in the draft root;
 * takes seeds from drafts of the app. Opens drafts that are there, saves them with a history.
 *
 * @packageDocumentation
 */
export { chooseRoot } from './choose-root.ts';
export { localMedia } from './draft-media.ts';
export {
  type DraftRoot,
  draftRootOf,
  findDraftRoots,
  movedRootOf,
  type SystemFolders,
} from './draft-root.ts';
export { DRAFT_LIMITS, type DraftLimits } from './draft-source.ts';
export { editDraftFolder, type SavedEdits } from './edit-draft.ts';
export { assertEditorClosed, isEditorRunning, type ListProcesses, listProcesses } from './editor-process.ts';
export { withLock } from './file-lock.ts';
export { type FixedDraft, fixDraft, mediaExists } from './fix-draft.ts';
export { type FileFacts, type FolderFacts, type FolderLook, recogniseFolder } from './folder-facts.ts';
export type { DraftVersion } from './history-files.ts';
export { type DraftToRegister, draftToRegister } from './index-entry.ts';
export { type InstalledDraft, type InstallOptions, type InstallStep, installDraft } from './install-draft.ts';
export type { InstallRequest } from './install-plan.ts';
export { type RenameOptions, registerDraftFolder, renameDraft, syncMirrors } from './manage-draft.ts';
export { type OpenDraftOptions, openDraft } from './open-draft.ts';
export { listPackedFiles, type PackedFile, type ZipBytes } from './packed-files.ts';
export { type RegisterDraftsOptions, registerDrafts } from './register-draft.ts';
export { INDEX_BACKUP_NAME } from './replace-index.ts';
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
export { type FindSeedOptions, findSeed } from './seed.ts';
export { makeFolders, TEMP_PREFIX } from './temp.ts';
export {
  draftExists,
  sweepDrafts,
  type WriteDraftFolderOptions,
  type WrittenDraft,
  writeDraftFolder,
} from './write-draft-folder.ts';
export { type WriteDraftZipOptions, type WrittenZip, writeDraftZip } from './write-draft-zip.ts';
export { writeFilledDraft } from './write-filled-draft.ts';
