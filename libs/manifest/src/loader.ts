/**
 * Loads a manifest, apart from the documents that are made from one: all that a program needs that runs a tool.
 *
 * @packageDocumentation
 */
export { isInside } from './check/folder.ts';
export { diskFiles, type ManifestCache, type ManifestFiles } from './files.ts';
export { foreignPattern } from './json-schema/foreign-pattern.ts';
export { type Checked, checkManifest, loadManifest } from './load.ts';
export type { LoadOptions } from './read.ts';
export { SETTINGS } from './schema/settings.ts';
export { isAddress } from './settings/is-address.ts';
export {
  readSetting,
  readSettings,
  type Settings,
  type SettingsSource,
  type Variable,
} from './settings/read-settings.ts';
export { readTexts } from './texts/read-texts.ts';
export { type Say, translateTool } from './texts/translate.ts';
export type { JsonSchema, Plugin } from './types.ts';
