/**
 * The resource catalog: what JianYing and CapCut call their effects, filters, transitions, animations, fonts and
 * masks, and the ids behind the names.
 *
 * @packageDocumentation
 */
export { createCatalog } from './catalog.ts';
export { clampedDefault } from './clamped-default.ts';
export {
  type CatalogTable,
  type ParsedTable,
  type ParseOptions,
  parseCompact,
} from './compact/parse.ts';
export { printCompact } from './compact/print.ts';
export { foldName } from './fold.ts';
export { type Harvest, harvestDraft } from './harvest/harvest-draft.ts';
export {
  ANIMATION_KINDS,
  EFFECT_KINDS,
  SOUND_KINDS,
  VIDEO_EFFECT_KINDS,
} from './harvest/material-kinds.ts';
export { mergeById, mergeEntries, mergeLayers } from './merge.ts';
export { namesOf, numberedName } from './table-index.ts';
export { type CatalogTables, layeredTables, tablesOf } from './tables.ts';
export { isHiddenLayer, type TextTemplate, textCount } from './text-template.ts';
export {
  CATALOG_APPS,
  CATALOG_KINDS,
  type Catalog,
  type CatalogApp,
  type CatalogEntry,
  type CatalogKind,
  type CatalogOrigin,
  type CatalogParameter,
  type CatalogQuery,
  type Lookup,
  type ResourceReference,
} from './types.ts';
