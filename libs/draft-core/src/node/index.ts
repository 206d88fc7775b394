/**
 * Writes drafts to disk: as a folder that the app opens, or as a zip that can be sent.
 *
 * @packageDocumentation
 */
export { TEMP_PREFIX } from './temp.ts';
export { type WriteDraftFolderOptions, type WrittenDraft, writeDraftFolder } from './write-draft-folder.ts';
export { type WriteDraftZipOptions, writeDraftZip } from './write-draft-zip.ts';
