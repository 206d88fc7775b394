/**
 * Reads `plugin.yaml`, reports every mistake with its place, and makes the documents that other systems read.
 *
 * @packageDocumentation
 */
export { parseDuration } from './build/duration.ts';
export { isInside } from './check/folder.ts';
export {
  parseTemplate,
  parseUrlTemplate,
  type TemplatePart,
  type TemplateRoot,
  type TemplateRules,
  type UrlTemplate,
} from './check/handler-template.ts';
export { isUnresolved } from './compose/interpolate.ts';
export type { Origins } from './compose/origins.ts';
export type { Change, ChangeKind } from './diff/change.ts';
export { diffOpenapi, type OpenapiDiff } from './diff/diff-openapi.ts';
export { profileOf, readOpenapi } from './diff/read-openapi.ts';
export type { Bump } from './diff/versions.ts';
export { type Compared, compareText } from './export/compare-text.ts';
export {
  checkOverlays,
  type ExportedOpenapi,
  exportOpenapi,
  PLACEHOLDER_SERVER,
} from './export/export-openapi.ts';
export { parseAhead } from './export/parse-ahead.ts';
export { OAUTH_PATHS, type PluginAuthOptions, pluginAuth } from './export/plugin-auth.ts';
export {
  aiPlugin,
  PLUGIN_FILE,
  type PluginFiles,
  type PluginFilesOptions,
  pluginFiles,
} from './export/plugin-files.ts';
export { toReadableJson } from './export/print-json.ts';
export {
  type PrintOptions,
  printManifest,
  shownManifest,
  showOrigin,
  showPlace,
} from './export/print-manifest.ts';
export { diskFiles, type ManifestCache, type ManifestFiles } from './files.ts';
export { foreignPattern } from './json-schema/foreign-pattern.ts';
export { type Checked, checkManifest, loadManifest } from './load.ts';
export { type CozeCodec, cozeCodec } from './openapi/codec.ts';
export { COZE_PREFIX, cozeTools, mayOutlast } from './openapi/coze.ts';
export { type EmitOptions, emitOpenapi } from './openapi/emit.ts';
export { localTools } from './openapi/local.ts';
export { openapiToJson, openapiToYaml } from './openapi/print.ts';
export { KNOWN_SCOPES } from './openapi/security.ts';
export type { LoadOptions } from './read.ts';
export { type Resolved, resolveManifest } from './resolve.ts';
export { DEFAULT_SCOPES } from './schema/auth.ts';
export {
  DEPLOYMENT_KEYS,
  INHERITABLE_KEYS,
  type InheritableKey,
  TOP_LEVEL_KEYS,
} from './schema/key-classes.ts';
export type { RawDeployment, RawManifest, RawTool } from './schema/manifest.ts';
export { manifestJsonSchema } from './schema/published.ts';
export { SETTINGS, type Setting, type SettingSchema } from './schema/settings.ts';
export { isAddress } from './settings/is-address.ts';
export {
  readSetting,
  readSettings,
  type Settings,
  type SettingsSource,
  type SettingValue,
  type Variable,
} from './settings/read-settings.ts';
export type { ValueOrigin } from './source/node.ts';
export { languageAmong, pluginInLanguage, readTexts, speaks } from './texts/read-texts.ts';
export { type Say, textsOf, translatePlugin, translateTool } from './texts/translate.ts';
export { emitToolTypes } from './typegen/emit-module.ts';
export type * from './types.ts';
export { UPGRADE_STEPS, type UpgradeStep } from './upgrade/steps.ts';
export { type Rewritten, type Upgraded, upgradeManifest } from './upgrade/upgrade-manifest.ts';
