/**
 * The resource catalog: what JianYing and CapCut call their effects, filters, transitions, animations, fonts and
 * masks, and the ids behind the names.
 *
 * @packageDocumentation
 */
export {
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
