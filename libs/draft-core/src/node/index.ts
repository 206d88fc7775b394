/**
 * Writes drafts to disk: as a folder that the app opens, or as a zip that can be sent; lists them in the draft root;
 * takes seeds from drafts of the app.
 *
 * @packageDocumentation
 */
export { draftRootOf, type SystemFolders } from './draft-root.ts';
export { assertEditorClosed, isEditorRunning, type ListProcesses, listProcesses } from './editor-process.ts';
export { type DraftToRegister, draftToRegister } from './index-entry.ts';
export {
  INDEX_BACKUP_NAME,
  INDEX_NAME,
  type RegisterDraftsOptions,
  registerDrafts,
} from './register-draft.ts';
export { type FindSeedOptions, findSeed } from './seed.ts';
export { TEMP_PREFIX } from './temp.ts';
export {
  draftExists,
  type WriteDraftFolderOptions,
  type WrittenDraft,
  writeDraftFolder,
} from './write-draft-folder.ts';
export { type WriteDraftZipOptions, writeDraftZip } from './write-draft-zip.ts';
