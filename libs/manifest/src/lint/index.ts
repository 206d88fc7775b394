/**
 * Lints OpenAPI documents and plugin manifests for Coze, and predicts what an import of them says.
 *
 * @packageDocumentation
 */
export { applyFixes, type Fixed } from './fix/apply.ts';
export {
  isAiPlugin,
  type LintOptions,
  lintAiPlugin,
  lintOpenapi,
  lintPluginPackage,
  type PluginPackage,
} from './lint.ts';
export { type LintManifestOptions, lintManifest } from './manifest/lint-manifest.ts';
export {
  type ConvertVerdict,
  convertToOpenapi,
  type ImportStage,
  type ImportVerdict,
  predictConvert,
  predictImport,
  predictManifest,
} from './predict.ts';
export { MANIFEST_RULES, OPENAPI_RULES } from './rules/index.ts';
export { type LintProblem, PROFILES, type Profile, type Rule, type RuleMeta, type Stage } from './types.ts';
